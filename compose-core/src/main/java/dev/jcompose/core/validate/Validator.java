package dev.jcompose.core.validate;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.attribute.ShortForm;
import dev.jcompose.core.attribute.Type;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.NodePath;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.HashSet;
import java.util.Set;

/** Compares a merged canonical model with the attribute table: keys, types, choices, bounds. */
public final class Validator {
  private final Problems problems;
  private final boolean lenient;
  private final NodePath path = new NodePath();

  /**
   * Makes a validator.
   *
   * @param problems takes what is wrong, and warnings for what has no effect
   * @param lenient whether variables are not filled in, so that texts with a dollar sign are of any
   *     type
   */
  public Validator(Problems problems, boolean lenient) {
    this.problems = problems;
    this.lenient = lenient;
  }

  /** Looks at a whole model. */
  public void check(YamlMap root) {
    map(root, AttributeTable.root());
  }

  /**
   * Looks at a part of a model.
   *
   * @param node the part
   * @param attribute its attribute
   * @param keys the keys that lead to it
   */
  public void checkPart(YamlNode node, Attribute attribute, String... keys) {
    for (String key : keys) {
      path.push(key);
    }
    node(node, attribute);
    for (int i = 0; i < keys.length; i++) {
      path.pop();
    }
  }

  private void node(YamlNode node, Attribute attribute) {
    if (node instanceof YamlScalar scalar) {
      if (scalar.isBroken()) {
        return;
      }
      if (scalar.isNull()) {
        if (!attribute.mayBeNothing() && !attribute.path().isEmpty()) {
          wrong(node, "nothing is given, " + attribute.accepted() + " is wanted");
        }
        return;
      }
      if (lenient && scalar.string().indexOf('$') >= 0) {
        return;
      }
    }
    if (!attribute.withoutEffect().isEmpty()) {
      problems.warn(
          node.location(), path.toString(), "has no effect here: " + attribute.withoutEffect());
    }
    if (lenient && isAsWritten(node, attribute)) {
      return;
    }
    switch (attribute.type()) {
      case TEXT, TEXT_OR_NOTHING -> text(node, attribute);
      case SCALAR, TEXT_OR_NUMBER, TEXT_OR_FLAG, SCALAR_OR_NOTHING, BYTES, DURATION, MODE ->
          scalar(node, attribute);
      case FLAG -> flag(node, attribute);
      case WHOLE, NUMBER, COUNT -> number(node, attribute);
      case TEXTS, SCALARS -> texts(node, attribute);
      case LIST -> list(node, attribute);
      case MAP, NAMED -> {
        if (node instanceof YamlMap map) {
          map(map, attribute);
        } else if (!(attribute.shortForm() == ShortForm.ULIMIT
            && node instanceof YamlScalar scalar
            && isWhole(scalar))) {
          mismatch(node, attribute);
        }
      }
      case ANY -> {}
    }
  }

  /** Without variables filled in, short forms stay, and text may stand for a number. */
  private static boolean isAsWritten(YamlNode node, Attribute attribute) {
    ShortForm form = attribute.shortForm();
    if (node instanceof YamlList) {
      return form.isPairs();
    }
    if (!(node instanceof YamlScalar scalar)) {
      return false;
    }
    boolean item =
        attribute.path().endsWith("extra_hosts.*") || attribute.path().endsWith("ports[]");
    boolean list =
        form == ShortForm.LIST_OF_ONE || form == ShortForm.WORDS || form == ShortForm.SHELL_TEST;
    return item
        || list
        || switch (attribute.type()) {
          case FLAG, WHOLE, NUMBER, COUNT -> scalar.isString();
          default -> false;
        };
  }

  private void map(YamlMap map, Attribute attribute) {
    for (YamlMap.Entry entry : map) {
      path.push(entry.key());
      Attribute child = attribute.child(entry.key());
      if (child == null) {
        unknown(entry, attribute);
      } else {
        if (isSection(attribute) && !Grammars.isName(entry.key())) {
          problems.add(
              entry.keyLocation(),
              path.toString(),
              "\"" + entry.key() + "\" is not a name",
              "use letters, digits, dots, dashes and underscores only");
        }
        node(entry.value(), child);
      }
      path.pop();
    }
    for (String key : attribute.required()) {
      if (!map.has(key)) {
        problems.add(
            map.location(), path.toString(), "\"" + key + "\" is missing", "add \"" + key + ":\"");
      }
    }
  }

  private static boolean isSection(Attribute attribute) {
    return switch (attribute.path()) {
      case "services", "networks", "volumes", "secrets", "configs", "models" -> true;
      default -> false;
    };
  }

  private void unknown(YamlMap.Entry entry, Attribute attribute) {
    problems.add(
        entry.keyLocation(),
        path.toString(),
        "\"" + entry.key() + "\" is not known here",
        advice(entry.key(), attribute));
  }

  private static String advice(String key, Attribute attribute) {
    String guess = Spelling.nearest(key, attribute.keys());
    if (guess != null) {
      return "did you mean \"" + guess + "\"?";
    }
    // Known further down: the line is not set in far enough.
    for (Attribute below : attribute.all()) {
      if (below != attribute && below.keys().contains(key)) {
        int above = attribute.path().isEmpty() ? 0 : attribute.path().length() + 1;
        return "it belongs under \"" + below.path().substring(above).replace("*", "NAME") + "\"";
      }
    }
    return "remove it, or start it with x- if it is your own";
  }

  private void text(YamlNode node, Attribute attribute) {
    if (!(node instanceof YamlScalar scalar)) {
      mismatch(node, attribute);
      return;
    }
    if (!scalar.isString()) {
      problems.add(
          node.location(),
          path.toString(),
          scalar.text() + " is " + scalar.kind() + ", text is wanted",
          "write \"" + scalar.text() + "\" with quotes");
      return;
    }
    if (!Grammars.accepts(attribute.grammar(), scalar.string())) {
      problems.add(
          node.location(),
          path.toString(),
          "\"" + scalar.string() + "\" is not " + attribute.grammar().noun(),
          attribute.grammar().hint());
    }
    if (!attribute.choices().isEmpty() && !attribute.choices().contains(scalar.string())) {
      String guess = Spelling.nearest(scalar.string(), attribute.choices());
      problems.add(
          node.location(),
          path.toString(),
          "\"" + scalar.string() + "\" is none of " + String.join(", ", attribute.choices()),
          guess == null ? "choose one" : "did you mean \"" + guess + "\"?");
    }
  }

  private void scalar(YamlNode node, Attribute attribute) {
    if (!(node instanceof YamlScalar scalar)
        || (attribute.type() == Type.TEXT_OR_NUMBER && scalar.value() instanceof Boolean)
        || (attribute.type() == Type.DURATION && scalar.value() instanceof Boolean)
        || (attribute.type() == Type.TEXT_OR_FLAG && scalar.value() instanceof Number)) {
      mismatch(node, attribute);
    }
  }

  private void flag(YamlNode node, Attribute attribute) {
    if (!(node instanceof YamlScalar scalar) || !(scalar.value() instanceof Boolean)) {
      mismatch(node, attribute);
    }
  }

  private void number(YamlNode node, Attribute attribute) {
    boolean fraction =
        attribute.type() == Type.NUMBER
            && node instanceof YamlScalar scalar
            && scalar.value() instanceof Double;
    if (!fraction && !(node instanceof YamlScalar scalar && isWhole(scalar))) {
      mismatch(node, attribute);
      return;
    }
    if (node instanceof YamlScalar scalar && scalar.value() instanceof Number number) {
      double value = number.doubleValue();
      if (value < attribute.least() || value > attribute.most()) {
        problems.add(
            node.location(),
            path.toString(),
            scalar.text() + " is out of bounds",
            attribute.most() == Long.MAX_VALUE
                ? "write " + attribute.least() + " or more"
                : "write a number from " + attribute.least() + " to " + attribute.most());
      }
    }
  }

  private static boolean isWhole(YamlScalar scalar) {
    return scalar.value() instanceof Long
        || (scalar.value() instanceof Double number && number == Math.rint(number));
  }

  private void texts(YamlNode node, Attribute attribute) {
    if (!(node instanceof YamlList list)) {
      mismatch(node, attribute);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      path.push(i);
      YamlNode item = list.get(i);
      if (item instanceof YamlScalar known && known.isBroken()) {
        path.pop();
        continue;
      }
      if (!(item instanceof YamlScalar scalar) || !isText(scalar, attribute)) {
        problems.add(
            item.location(),
            path.toString(),
            (item instanceof YamlScalar other ? other.text() + " is " : "this is ")
                + item.kind()
                + ", text is wanted",
            item instanceof YamlScalar ? "put it in quotes" : "write a list of text");
      } else if (attribute.unique() && !seen.add(scalar.kind() + " " + scalar.string())) {
        problems.add(
            scalar.location(),
            path.toString(),
            "\"" + scalar.string() + "\" is in the list twice",
            "remove one");
      }
      path.pop();
    }
  }

  private boolean isText(YamlScalar scalar, Attribute attribute) {
    boolean any = attribute.type() == Type.SCALARS && !scalar.isNull();
    return scalar.isString() || (any && (lenient || scalar.value() instanceof Number));
  }

  private void list(YamlNode node, Attribute attribute) {
    if (!(node instanceof YamlList list)) {
      mismatch(node, attribute);
      return;
    }
    Attribute item = attribute.item();
    for (int i = 0; item != null && i < list.size(); i++) {
      path.push(i);
      node(list.get(i), item);
      path.pop();
    }
  }

  private void mismatch(YamlNode node, Attribute attribute) {
    String given =
        node instanceof YamlScalar scalar
            ? (scalar.isString() ? scalar.toString() : scalar.text()) + " is " + scalar.kind()
            : "this is " + node.kind();
    wrong(node, given + ", " + attribute.accepted() + " is wanted");
  }

  private void wrong(YamlNode node, String text) {
    Location location = node.location();
    problems.add(location, path.toString(), text, "correct or remove it");
  }
}
