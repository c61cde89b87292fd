package dev.jcompose.core.interpolate;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.core.yaml.NodePath;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the variables of one document's values, never of its keys, and casts what becomes of
 * them.
 */
public final class Interpolator {
  private final Problems problems;
  private final Casts casts;
  private final Template template;
  private final NodePath path = new NodePath();
  private @Nullable YamlScalar current;

  /**
   * Makes an interpolator.
   *
   * @param lookup where values come from
   * @param problems takes what is wrong, and a warning for each variable that is not set
   * @param growth how much the values may bring
   */
  public Interpolator(Lookup lookup, Problems problems, Growth growth) {
    this.problems = problems;
    this.casts = new Casts(problems);
    this.template = new Template(lookup, this::warnUnset, growth);
  }

  /** Works on a whole document in place. */
  public void apply(YamlMap root) {
    map(root, AttributeTable.root());
  }

  private YamlNode node(YamlNode node, @Nullable Attribute attribute) {
    // Not a pattern switch: the class cache cannot hold one, and it costs every start milliseconds.
    if (node instanceof YamlScalar scalar) {
      return scalar(scalar, attribute);
    }
    if (node instanceof YamlMap map) {
      map(map, attribute);
    } else if (node instanceof YamlList list) {
      list(list, attribute);
    }
    return node;
  }

  private void map(YamlMap map, @Nullable Attribute attribute) {
    for (YamlMap.Entry entry : map) {
      path.push(entry.key());
      YamlNode value = node(entry.value(), attribute == null ? null : attribute.child(entry.key()));
      if (value != entry.value()) {
        map.put(entry.key(), value);
      }
      path.pop();
    }
  }

  private void list(YamlList list, @Nullable Attribute attribute) {
    Attribute item = attribute == null ? null : attribute.item();
    for (int i = 0; i < list.size(); i++) {
      path.push(i);
      YamlNode value = node(list.get(i), item);
      if (value != list.get(i)) {
        list.set(i, value);
      }
      path.pop();
    }
  }

  private YamlScalar scalar(YamlScalar scalar, @Nullable Attribute attribute) {
    YamlScalar filled = scalar;
    if (scalar.value() instanceof String text && Template.isNeeded(text)) {
      try {
        current = scalar;
        filled = YamlScalar.of(template.fill(text), scalar.origin().filledFrom(text));
      } catch (TemplateException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        problems.add(scalar.location(), path.toString(), message, e.nextMove());
        return scalar.asBroken();
      }
    }
    return attribute == null ? filled : casts.cast(filled, attribute, path);
  }

  private void warnUnset(String name) {
    YamlScalar at = current;
    if (at != null) {
      problems.warn(
          at.location(),
          path.toString(),
          "the variable "
              + name
              + " is not set and becomes empty; ${"
              + name
              + ":-default} would give it a value");
    }
  }
}
