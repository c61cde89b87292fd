package dev.jcompose.core.merge;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.attribute.Merge;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of list items that say the same, keeps one: the last, in the place of the first. */
public final class Unicity {
  private Unicity() {}

  /** Works on a whole canonical document in place. */
  public static void apply(YamlMap root) {
    node(root, AttributeTable.root());
  }

  private static void node(YamlNode node, Attribute attribute) {
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map) {
        Attribute child = attribute.child(entry.key());
        if (child != null) {
          node(entry.value(), child);
        }
      }
    } else if (node instanceof YamlList list) {
      apply(list, attribute);
    }
  }

  static void apply(YamlList list, Attribute attribute) {
    apply(list, attribute, attribute.merge());
  }

  static void apply(YamlList list, Merge rule) {
    apply(list, AttributeTable.root(), rule);
  }

  private static void apply(YamlList list, Attribute attribute, Merge rule) {
    if (rule == Merge.DEEP
        || rule == Merge.REPLACE
        // Pools of one document stay, even of the same subnet; only those of two are merged.
        || rule == Merge.BY_SUBNET
        || list.size() < 2) {
      return;
    }
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < list.size(); ) {
      String key = key(list.get(i), attribute, rule);
      Integer seen = key == null ? null : first.putIfAbsent(key, i);
      if (seen == null) {
        i++;
      } else {
        list.set(seen, list.get(i));
        list.remove(i);
      }
    }
  }

  /** What makes an item the same as another; null when it is like no other. */
  static @Nullable String key(YamlNode item, Attribute attribute, Merge rule) {
    return switch (rule) {
      case DEEP, REPLACE, BY_DRIVER -> null;
      case UNIQUE -> item instanceof YamlScalar scalar ? scalar.string() : null;
      case BY_NAME -> item instanceof YamlScalar scalar ? name(scalar.string()) : null;
      case BY_PORT ->
          item instanceof YamlMap port
              ? port.string("host_ip")
                  + ":"
                  + port.string("published")
                  + ":"
                  + port.string("target")
                  + "/"
                  + (port.has("protocol") ? port.string("protocol") : "tcp")
              : text(item);
      case BY_TARGET ->
          item instanceof YamlMap map
              ? map.has("target") ? map.string("target") : map.string("source")
              : null;
      case BY_FILE_TARGET -> item instanceof YamlMap map ? fileTarget(map, attribute) : null;
      case BY_PATH -> item instanceof YamlMap map ? map.string("path") : null;
      case BY_SUBNET -> item instanceof YamlMap map ? map.string("subnet") : null;
    };
  }

  private static @Nullable String text(YamlNode item) {
    return item instanceof YamlScalar scalar ? scalar.string() : null;
  }

  private static String name(String text) {
    int equals = text.indexOf('=');
    return equals < 0 ? text : text.substring(0, equals);
  }

  private static @Nullable String fileTarget(YamlMap map, Attribute attribute) {
    String target = map.string("target");
    if (target != null) {
      return target;
    }
    return (attribute.path().endsWith("configs") ? "/" : "/run/secrets/") + map.string("source");
  }
}
