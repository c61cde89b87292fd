package dev.jcompose.core.merge;

import dev.jcompose.core.attribute.Merge;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists and maps of {@code KEY=value} that stand as they were written: docker compose merges them
 * as lists when variables are not filled in.
 */
final class Pairs {
  private Pairs() {}

  /** Both as one list; of items that the rule finds the same the last stays. */
  static YamlList merge(YamlNode base, YamlNode over, Merge rule) {
    YamlList all = new YamlList(over.origin());
    listOf(base).forEach(all::add);
    listOf(over).forEach(all::add);
    Unicity.apply(all, rule);
    return all;
  }

  /** A list as it is, a map as a list of pairs, anything else as the only item. */
  static YamlList listOf(YamlNode node) {
    return switch (node) {
      case YamlList list -> list;
      case YamlMap map -> pairs(map);
      case YamlScalar scalar -> {
        YamlList one = new YamlList(node.origin());
        one.add(scalar);
        yield one;
      }
    };
  }

  private static YamlList pairs(YamlMap map) {
    List<YamlScalar> pairs = new ArrayList<>();
    for (YamlMap.Entry entry : map) {
      String name = entry.key();
      for (YamlNode value : listOf(entry.value())) {
        boolean bare = !(value instanceof YamlScalar scalar) || scalar.isNull();
        pairs.add(
            YamlScalar.of(
                bare ? name : name + "=" + ((YamlScalar) value).string(), entry.value().origin()));
      }
    }
    pairs.sort((a, b) -> a.string().compareTo(b.string()));
    YamlList list = new YamlList(map.origin());
    pairs.forEach(list::add);
    return list;
  }
}
