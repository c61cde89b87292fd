package dev.jcompose.core.merge;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.attribute.Merge;
import dev.jcompose.core.attribute.ShortForm;
import dev.jcompose.core.attribute.Type;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.NodePath;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/** Lays one canonical document over another. */
public final class Merger {
  private final Problems problems;
  private final boolean lenient;
  private final NodePath path = new NodePath();

  /**
   * Makes a merger that reports values of different kinds.
   *
   * @param lenient whether variables are not filled in, so that short forms stand as they were
   *     written
   */
  public Merger(Problems problems, boolean lenient) {
    this.problems = problems;
    this.lenient = lenient;
  }

  /** Lays {@code over} over {@code base}, which changes in place. */
  public void merge(YamlMap base, YamlMap over) {
    maps(base, over, AttributeTable.root());
  }

  /** The same for one service. */
  public void mergeService(String name, YamlMap base, YamlMap over) {
    path.push("services");
    path.push(name);
    maps(base, over, AttributeTable.at("services", "*"));
    path.pop();
    path.pop();
  }

  private void maps(YamlMap base, YamlMap over, @Nullable Attribute attribute) {
    for (YamlMap.Entry entry : over) {
      String key = entry.key();
      YamlNode old = base.get(key);
      if (old == null) {
        base.put(key, entry.keyLocation(), entry.value());
        continue;
      }
      path.push(key);
      Attribute child = attribute == null ? null : attribute.child(key);
      YamlNode merged =
          key.startsWith("x-") && (child == null || child.path().isEmpty())
              ? entry.value()
              : values(old, entry.value(), child);
      base.put(key, entry.keyLocation(), merged);
      path.pop();
    }
  }

  private YamlNode values(YamlNode base, YamlNode over, @Nullable Attribute attribute) {
    Merge rule = attribute == null ? Merge.DEEP : attribute.merge();
    if (rule == Merge.REPLACE) {
      return replaced(base, over);
    }
    if (isNothing(base)) {
      return over;
    }
    if (lenient && attribute != null && !isNothing(over)) {
      if (attribute.shortForm().isPairs() && !attribute.path().endsWith("additional_contexts")) {
        boolean hosts = attribute.shortForm() == ShortForm.HOSTS;
        return Pairs.merge(base, over, hosts ? Merge.UNIQUE : Merge.BY_NAME);
      }
      if (attribute.shortForm() == ShortForm.LIST_OF_ONE) {
        YamlList all = Pairs.listOf(base);
        append(all, Pairs.listOf(over), attribute, rule);
        return all;
      }
    }
    if (base instanceof YamlScalar old) {
      if (over instanceof YamlScalar scalar) {
        return scalar.isNull() && !takesNothing(attribute)
            ? base
            : scalar.with(scalar.origin().replacing(old));
      }
      return over;
    }
    if (isNothing(over)) {
      return base;
    }
    if (base instanceof YamlMap old && over instanceof YamlMap map) {
      if (rule == Merge.BY_DRIVER && !sameDriver(old, map)) {
        return map;
      }
      maps(old, map, attribute);
      return old;
    }
    if (base instanceof YamlList old && over instanceof YamlList list) {
      append(old, list, attribute, rule);
      return old;
    }
    // A limit may be one number or two.
    if (over instanceof YamlScalar && attribute != null && attribute.path().endsWith("ulimits.*")) {
      return over;
    }
    problems.add(
        over.location(),
        path.toString(),
        "this is " + over.kind() + " and cannot go over " + base.kind() + " in " + base.location(),
        "write both alike, or put !override before this one");
    return base;
  }

  private static YamlNode replaced(YamlNode base, YamlNode over) {
    // Not a pattern switch: the class cache cannot hold one, and it costs every start milliseconds.
    if (over instanceof YamlScalar scalar) {
      return scalar.with(scalar.origin().replacing(base));
    }
    return over instanceof YamlList list ? list.with(list.origin().replacing(base)) : over;
  }

  private void append(YamlList base, YamlList over, @Nullable Attribute attribute, Merge rule) {
    for (YamlNode item : over) {
      if (rule == Merge.BY_SUBNET && attribute != null && item instanceof YamlMap pool) {
        YamlMap same = find(base, pool, attribute);
        if (same != null) {
          maps(same, pool, attribute.item());
          continue;
        }
      }
      base.add(item);
    }
    if (attribute != null) {
      Unicity.apply(base, attribute);
    }
  }

  private static @Nullable YamlMap find(YamlList list, YamlMap wanted, Attribute attribute) {
    String key = Unicity.key(wanted, attribute, Merge.BY_SUBNET);
    for (YamlNode item : list) {
      if (item instanceof YamlMap map
          && key != null
          && key.equals(Unicity.key(map, attribute, Merge.BY_SUBNET))) {
        return map;
      }
    }
    return null;
  }

  private static boolean isNothing(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.isNull();
  }

  /** Whether nothing is a value of its own, such as a variable from outside or no limit at all. */
  private static boolean takesNothing(@Nullable Attribute attribute) {
    return attribute != null
        && (attribute.type() == Type.SCALAR_OR_NOTHING
            || attribute.shortForm() == ShortForm.ULIMIT);
  }

  private static boolean sameDriver(YamlMap base, YamlMap over) {
    String one = base.string("driver");
    String other = over.string("driver");
    return one == null || other == null || one.equals(other);
  }
}
