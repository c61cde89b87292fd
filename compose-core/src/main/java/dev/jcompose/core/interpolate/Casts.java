package dev.jcompose.core.interpolate;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.ShortForm;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.NodePath;
import dev.jcompose.core.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/**
 * Text that stands where a number or a boolean belongs becomes one, as a variable can only give
 * text.
 */
final class Casts {
  private final Problems problems;

  Casts(Problems problems) {
    this.problems = problems;
  }

  YamlScalar cast(YamlScalar scalar, Attribute attribute, NodePath path) {
    if (!(scalar.value() instanceof String text)) {
      return scalar;
    }
    if (attribute.shortForm() == ShortForm.ULIMIT) {
      return whole(scalar, text, attribute, path);
    }
    return switch (attribute.type()) {
      case FLAG -> flag(scalar, text, attribute, path);
      case WHOLE -> whole(scalar, text, attribute, path);
      case NUMBER -> number(scalar, text, attribute, path);
      case TEXT,
          TEXT_OR_NOTHING,
          SCALAR,
          TEXT_OR_NUMBER,
          TEXT_OR_FLAG,
          SCALAR_OR_NOTHING,
          COUNT,
          BYTES,
          DURATION,
          MODE,
          TEXTS,
          SCALARS,
          LIST,
          MAP,
          NAMED,
          ANY ->
          scalar;
    };
  }

  private YamlScalar flag(YamlScalar scalar, String text, Attribute attribute, NodePath path) {
    Boolean truth =
        switch (text.toLowerCase(java.util.Locale.ROOT)) {
          case "true", "y", "yes", "on" -> true;
          case "false", "n", "no", "off" -> false;
          default -> null;
        };
    if (truth == null) {
      return refuse(scalar, text, attribute, path);
    }
    if (!text.equalsIgnoreCase(truth.toString())) {
      problems.warn(
          scalar.location(),
          path.toString(),
          "\"" + text + "\" is read as " + truth + "; other tools take it as text, write " + truth);
    }
    return scalar.as(truth);
  }

  private YamlScalar whole(YamlScalar scalar, String text, Attribute attribute, NodePath path) {
    Long number = parse(text);
    return number == null ? refuse(scalar, text, attribute, path) : scalar.as(number);
  }

  private YamlScalar number(YamlScalar scalar, String text, Attribute attribute, NodePath path) {
    Long whole = parse(text);
    if (whole != null) {
      return scalar.as(whole);
    }
    try {
      // The parser of Java also takes 1f and 1d, which are no numbers here.
      char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
      if (last == '.' || (last >= '0' && last <= '9')) {
        return scalar.as(Double.parseDouble(text));
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    return refuse(scalar, text, attribute, path);
  }

  private static @Nullable Long parse(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private YamlScalar refuse(YamlScalar scalar, String text, Attribute attribute, NodePath path) {
    String from = scalar.origin().template();
    problems.add(
        scalar.location(),
        path.toString(),
        "\""
            + text
            + "\""
            + (from == null ? "" : " (from " + from + ")")
            + " is not "
            + attribute.accepted(),
        from == null ? "correct it" : "correct it or the variable");
    return scalar.asBroken();
  }
}
