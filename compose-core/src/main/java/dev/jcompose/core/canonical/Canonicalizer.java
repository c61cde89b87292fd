package dev.jcompose.core.canonical;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes every short form of a document long, and gives amounts, time spans and permission bits one
 * way of writing. What has the wrong type stays as it is: validation tells of it.
 */
public final class Canonicalizer {
  /** Lists of one that docker compose leaves as they are when variables are not filled in. */
  private static final Set<String> WRITTEN = Set.of("services.*.dns_search", "services.*.tmpfs");

  /** Lists whose empty texts mean nothing, so that a variable can be left unset. */
  private static final Set<String> WITHOUT_EMPTY = Set.of("services.*.dns");

  private final Reporter reporter;
  private final MapForms maps;
  private final ListForms lists;

  /**
   * Makes a canonicaliser.
   *
   * @param problems takes what is wrong with short forms
   * @param lenient whether variables are not filled in, so that texts with a dollar sign stay as
   *     they are
   * @param growth how many values port ranges may bring
   */
  public Canonicalizer(Problems problems, boolean lenient, Growth growth) {
    this.reporter = new Reporter(problems, lenient);
    this.maps = new MapForms(reporter);
    this.lists = new ListForms(reporter, growth);
  }

  /** Works on a whole document in place. */
  public void apply(YamlMap root) {
    children(root, AttributeTable.root());
  }

  private YamlNode node(YamlNode node, Attribute attribute) {
    if (node instanceof YamlScalar scalar && scalar.isBroken()) {
      return node;
    }
    YamlNode form = form(node, attribute);
    // Not a pattern switch: the class cache cannot hold one, and it costs every start milliseconds.
    if (form instanceof YamlScalar) {
      return leaf(form, attribute);
    }
    if (form instanceof YamlMap map) {
      children(map, attribute);
    } else if (form instanceof YamlList list) {
      items(list, attribute);
    }
    return form;
  }

  private void items(YamlList list, Attribute attribute) {
    Attribute item = attribute.item();
    if (WITHOUT_EMPTY.contains(attribute.path())) {
      dropEmpty(list);
    }
    for (int i = 0; i < list.size(); i++) {
      reporter.path().push(i);
      YamlNode old = list.get(i);
      YamlNode made = item != null ? node(old, item) : leaf(old, attribute);
      if (made != old) {
        list.set(i, made);
      }
      reporter.path().pop();
    }
  }

  private static void dropEmpty(YamlList list) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i) instanceof YamlScalar scalar && "".equals(scalar.value())) {
        list.remove(i);
      }
    }
  }

  private void children(YamlMap map, Attribute attribute) {
    for (YamlMap.Entry entry : map) {
      Attribute child = attribute.child(entry.key());
      if (child != null) {
        reporter.path().push(entry.key());
        YamlNode made = node(entry.value(), child);
        if (made != entry.value()) {
          map.put(entry.key(), made);
        }
        reporter.path().pop();
      }
    }
  }

  private YamlNode form(YamlNode node, Attribute attribute) {
    if (reporter.isLenient()
        && (attribute.shortForm().isFreeWithVariables() || WRITTEN.contains(attribute.path()))
        && !attribute.path().endsWith("additional_contexts")) {
      return node;
    }
    return switch (attribute.shortForm()) {
      case NONE, ULIMIT -> node;
      case PAIRS -> maps.pairs(node, false);
      case VARIABLES -> maps.pairs(node, true);
      case LIST_OF_ONE -> lists.listOfOne(node);
      case WORDS -> lists.words(node);
      case SHELL_TEST -> lists.shellTest(node);
      case NAMES -> maps.names(node);
      case DEPENDENCIES -> maps.dependencies(node);
      case CONTEXT -> lists.keyed(node, "context");
      case SERVICE -> lists.keyed(node, "service");
      case ENV_FILES -> lists.envFiles(node);
      case DEVICE -> lists.device(node);
      case GPUS -> lists.gpus(node);
      case PORTS -> lists.ports(node);
      case MOUNT -> lists.mount(node);
      case FILE_REFERENCE -> lists.keyed(node, "source");
      case HOSTS -> maps.hosts(node);
      case SSH -> maps.ssh(node);
      case EXTERNAL -> maps.external(node);
      case INCLUDE -> lists.include(node);
    };
  }

  private YamlNode leaf(YamlNode node, Attribute attribute) {
    if (!(node instanceof YamlScalar scalar)
        || scalar.isBroken()
        || scalar.isNull()
        || reporter.isLenient()) {
      return node;
    }
    return switch (attribute.type()) {
      case SCALAR, SCALAR_OR_NOTHING -> maps.text(scalar);
      // What is neither stays as it is for validation to see.
      case TEXT_OR_NUMBER -> scalar.value() instanceof Boolean ? scalar : maps.text(scalar);
      case TEXT_OR_FLAG -> scalar.value() instanceof Number ? scalar : maps.text(scalar);
      case BYTES -> bytes(scalar, attribute);
      case DURATION -> duration(scalar);
      case MODE -> mode(scalar);
      case WHOLE -> whole(scalar, attribute);
      case COUNT -> count(scalar);
      case TEXT, TEXT_OR_NOTHING, FLAG, NUMBER, TEXTS, SCALARS, LIST, MAP, NAMED, ANY -> scalar;
    };
  }

  private YamlScalar bytes(YamlScalar scalar, Attribute attribute) {
    String text = scalar.string();
    if (scalar.value() instanceof Number && attribute.isQuoted()) {
      reporter.problem(
          scalar,
          scalar.text() + " is " + scalar.kind() + ", text is wanted",
          "write \"" + scalar.text() + "\" with quotes");
      return scalar.asBroken();
    }
    if (scalar.value() instanceof Double number && number != Math.rint(number)) {
      reporter.problem(
          scalar, scalar.text() + " is no number of bytes", "write it as 512m or 1.5g");
      return scalar.asBroken();
    }
    // Only swap knows "no bound".
    Long bytes =
        text.equals("-1") && attribute.path().endsWith("memswap_limit")
            ? Long.valueOf(-1)
            : ByteSize.parse(text);
    if (bytes == null) {
      reporter.problem(
          scalar, "\"" + text + "\" is not an amount of memory", "write it as 512m or 1.5g");
      return scalar.asBroken();
    }
    return scalar.as(Long.toString(bytes));
  }

  private YamlScalar whole(YamlScalar scalar, Attribute attribute) {
    if (!attribute.cutsFractions()
        || !(scalar.value() instanceof Double number)
        || number == Math.rint(number)) {
      return scalar;
    }
    long cut = number.longValue();
    reporter.warn(scalar, scalar.text() + " is read as " + cut + "; write a whole number");
    return scalar.as(cut);
  }

  private YamlScalar duration(YamlScalar scalar) {
    if (!(scalar.value() instanceof String text)) {
      if (scalar.value() instanceof Number) {
        reporter.problem(
            scalar, scalar.text() + " has no unit", "write " + scalar.text() + "s for seconds");
        return scalar.asBroken();
      }
      return scalar;
    }
    Duration span = GoDuration.parse(text);
    if (span == null) {
      reporter.problem(scalar, "\"" + text + "\" is not a time span", "write it as 30s or 1m30s");
      return scalar.asBroken();
    }
    return scalar.as(GoDuration.print(span));
  }

  private YamlScalar mode(YamlScalar scalar) {
    Long bits = bits(scalar);
    if (bits == null) {
      reporter.problem(
          scalar, scalar + " is not a set of permission bits", "write it as 0440, in octal");
      return scalar.asBroken();
    }
    return scalar.as("0" + Long.toOctalString(bits));
  }

  private static @Nullable Long bits(YamlScalar scalar) {
    if (scalar.value() instanceof Long number) {
      return number < 0 ? null : number;
    }
    try {
      return scalar.value() instanceof String text && !text.startsWith("-")
          ? Long.valueOf(text, 8)
          : null;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private YamlScalar count(YamlScalar scalar) {
    if (!(scalar.value() instanceof String text)) {
      return scalar;
    }
    if (text.equals("all")) {
      return scalar.as(-1L);
    }
    try {
      return scalar.as(Long.parseLong(text));
    } catch (NumberFormatException _) {
      reporter.problem(scalar, "\"" + text + "\" is not a count", "write a number or all");
      return scalar.asBroken();
    }
  }
}
