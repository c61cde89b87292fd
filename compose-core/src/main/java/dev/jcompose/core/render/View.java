package dev.jcompose.core.render;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.attribute.ShortForm;
import dev.jcompose.core.attribute.Type;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A canonical model as plain maps, lists and values in the order of printing, without what is not
 * printed: the order and the rules are those of docker compose's own model.
 */
final class View {
  private static final YamlMap NOTHING = new YamlMap(Origin.made("nothing"));

  private final boolean json;

  private View(boolean json) {
    this.json = json;
  }

  /** A whole model. */
  static Map<String, @Nullable Object> of(YamlMap root, boolean json) {
    return new View(json).map(root, AttributeTable.root());
  }

  /** A part of a model for JSON, such as one service. */
  static Map<String, @Nullable Object> ofPart(YamlMap part, String... pattern) {
    return new View(true).map(part, AttributeTable.at(pattern));
  }

  /** Everything as it is, keys sorted; for models whose variables are not filled in. */
  static @Nullable Object raw(YamlNode node, boolean json) {
    // Here and below not pattern switches: the class cache cannot hold one, and the first one costs
    // every start milliseconds.
    if (node instanceof YamlScalar scalar) {
      return scalar.value();
    }
    if (node instanceof YamlList list) {
      List<@Nullable Object> out = new ArrayList<>();
      for (YamlNode item : list) {
        out.add(raw(item, json));
      }
      return out;
    }
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    if (node instanceof YamlMap map) {
      for (String key : new View(json).sorted(map.keys())) {
        YamlNode value = map.get(key);
        out.put(key, value == null ? null : raw(value, json));
      }
    }
    return out;
  }

  private Map<String, @Nullable Object> map(YamlMap map, Attribute attribute) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    if (attribute.type() == Type.NAMED) {
      for (String key : sorted(map.keys())) {
        put(out, key, map.get(key), attribute.child(key));
      }
      return out;
    }
    boolean top = attribute.path().isEmpty();
    for (String key : top && json ? sorted(attribute.keys()) : attribute.keys()) {
      put(out, key, map.get(key), attribute.child(key));
    }
    // Go's JSON leaves out extensions except those of the top level.
    if (!json || top) {
      List<String> rest = map.keys();
      rest.removeAll(attribute.keys());
      for (String key : sorted(rest)) {
        YamlNode value = map.get(key);
        out.put(key, value == null ? null : raw(value, json));
      }
    }
    return out;
  }

  private void put(
      Map<String, @Nullable Object> out,
      String key,
      @Nullable YamlNode value,
      @Nullable Attribute attribute) {
    if (value == null) {
      if (json && attribute != null && attribute.inJsonAlways()) {
        out.put(key, attribute.type() == Type.MAP ? map(NOTHING, attribute) : null);
      }
    } else if (attribute == null) {
      out.put(key, raw(value, json));
    } else if (attribute.shortForm() == ShortForm.HOSTS && value instanceof YamlMap hosts) {
      if (!hosts.isEmpty()) {
        out.put(key, hosts(hosts));
      }
    } else if (attribute.shortForm() == ShortForm.SSH && value instanceof YamlMap keys) {
      if (!keys.isEmpty()) {
        out.put(key, keys(keys));
      }
    } else if (!isOmitted(value, attribute)) {
      boolean renamed = json && !attribute.jsonKey().isEmpty();
      out.put(renamed ? attribute.jsonKey() : key, node(value, attribute));
    }
  }

  private @Nullable Object node(YamlNode node, Attribute attribute) {
    if (node instanceof YamlMap map) {
      return attribute.path().isEmpty() ? raw(map, json) : map(map, attribute);
    }
    if (node instanceof YamlList list) {
      List<@Nullable Object> out = new ArrayList<>();
      for (YamlNode item : list) {
        Attribute child = attribute.item();
        out.add(child == null ? raw(item, json) : node(item, child));
      }
      return out;
    }
    return node instanceof YamlScalar scalar ? scalar.value() : null;
  }

  private boolean isOmitted(YamlNode value, Attribute attribute) {
    boolean empty =
        (value instanceof YamlMap map && map.isEmpty())
            || (value instanceof YamlList list && list.isEmpty())
            || (value instanceof YamlScalar scalar && isZero(scalar, attribute));
    if (!empty) {
      return false;
    }
    if (json && attribute.inJsonAlways()) {
      return false;
    }
    if (value instanceof YamlScalar scalar && scalar.isNull()) {
      return attribute.type() != Type.SCALAR_OR_NOTHING && !isReference(attribute);
    }
    return !attribute.keptWhenEmpty();
  }

  /** A map by name whose values may be nothing: joined networks, used models. */
  private static boolean isReference(Attribute attribute) {
    return attribute.mayBeNothing() && attribute.path().endsWith(".*");
  }

  private static boolean isZero(YamlScalar scalar, Attribute attribute) {
    Object value = scalar.value();
    if (value instanceof String text) {
      return text.isEmpty()
          || (attribute.type() == Type.BYTES && text.equals("0"))
          || (attribute.type() == Type.DURATION && text.equals("0s"));
    }
    return value == null
        || Boolean.FALSE.equals(value)
        || (value instanceof Number number && number.doubleValue() == 0);
  }

  private static List<Object> keys(YamlMap keys) {
    List<String> lines = new ArrayList<>();
    for (YamlMap.Entry entry : keys) {
      String path = keys.string(entry.key());
      lines.add(path == null || path.isEmpty() ? entry.key() : entry.key() + ": " + path);
    }
    lines.sort(null);
    return new ArrayList<>(lines);
  }

  private List<Object> hosts(YamlMap hosts) {
    List<String> lines = new ArrayList<>();
    for (YamlMap.Entry entry : hosts) {
      if (entry.value() instanceof YamlList addresses) {
        for (YamlNode address : addresses) {
          lines.add(
              entry.key() + "=" + (address instanceof YamlScalar scalar ? scalar.string() : ""));
        }
      }
    }
    lines.sort(null);
    return new ArrayList<>(lines);
  }

  private List<String> sorted(Collection<String> keys) {
    List<String> sorted = new ArrayList<>(keys);
    if (json) {
      sorted.sort(null);
    } else {
      sorted.sort(NaturalOrder::compare);
    }
    return sorted;
  }
}
