package dev.jcompose.core.bind;

import dev.jcompose.core.canonical.ByteSize;
import dev.jcompose.core.canonical.GoDuration;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Typed access to a canonical, validated map. What is not there or has no value is null or empty.
 */
final class Fields {
  private static final Fields NONE =
      new Fields(new YamlMap(dev.jcompose.core.yaml.Origin.made("absent")));

  private final YamlMap map;

  Fields(YamlMap map) {
    this.map = map;
  }

  static Fields of(@Nullable YamlNode node) {
    return node instanceof YamlMap map ? new Fields(map) : NONE;
  }

  boolean has(String key) {
    return map.has(key);
  }

  boolean isEmpty() {
    return map.isEmpty();
  }

  Fields below(String key) {
    return of(map.get(key));
  }

  List<String> keys() {
    return map.keys();
  }

  @Nullable YamlNode node(String key) {
    return map.get(key);
  }

  @Nullable String text(String key) {
    return map.string(key);
  }

  String text(String key, String otherwise) {
    String text = map.string(key);
    return text == null ? otherwise : text;
  }

  boolean flag(String key) {
    return map.isTrue(key);
  }

  @Nullable Boolean flagOrNull(String key) {
    Object value = map.get(key) instanceof YamlScalar scalar ? scalar.value() : null;
    return value instanceof Boolean truth ? truth : null;
  }

  @Nullable Long whole(String key) {
    Object value = map.get(key) instanceof YamlScalar scalar ? scalar.value() : null;
    return value instanceof Number number ? (Long) number.longValue() : null;
  }

  @Nullable Integer integer(String key) {
    Long whole = whole(key);
    return whole == null ? null : (Integer) Math.clamp(whole, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Nullable Double number(String key) {
    Object value = map.get(key) instanceof YamlScalar scalar ? scalar.value() : null;
    return value instanceof Number number ? (Double) number.doubleValue() : null;
  }

  @Nullable Long bytes(String key) {
    String text = map.string(key);
    if (text == null) {
      return null;
    }
    return text.equals("-1") ? Long.valueOf(-1) : ByteSize.parse(text);
  }

  @Nullable Duration duration(String key) {
    String text = map.string(key);
    return text == null ? null : GoDuration.parse(text);
  }

  @Nullable Integer mode(String key) {
    String text = map.string(key);
    try {
      return text == null ? null : Integer.valueOf(text, 8);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  List<String> texts(String key) {
    List<String> texts = textsOrNull(key);
    return texts == null ? List.of() : texts;
  }

  @Nullable List<String> textsOrNull(String key) {
    return map.get(key) instanceof YamlList list ? texts(list) : null;
  }

  private static List<String> texts(YamlList list) {
    List<String> texts = new ArrayList<>(list.size());
    for (YamlNode item : list) {
      if (item instanceof YamlScalar scalar) {
        texts.add(scalar.string());
      }
    }
    return texts;
  }

  List<Fields> items(String key) {
    if (!(map.get(key) instanceof YamlList list)) {
      return List.of();
    }
    List<Fields> items = new ArrayList<>(list.size());
    for (YamlNode item : list) {
      if (item instanceof YamlMap entry) {
        items.add(new Fields(entry));
      }
    }
    return items;
  }

  Map<String, String> strings(String key) {
    Fields below = below(key);
    Map<String, String> strings = new LinkedHashMap<>();
    for (YamlMap.Entry entry : below.map) {
      if (entry.value() instanceof YamlScalar scalar) {
        strings.put(entry.key(), scalar.string());
      }
    }
    return strings;
  }

  Map<String, @Nullable String> variables(String key) {
    Fields below = below(key);
    Map<String, @Nullable String> variables = new LinkedHashMap<>();
    for (YamlMap.Entry entry : below.map) {
      if (entry.value() instanceof YamlScalar scalar) {
        variables.put(entry.key(), scalar.isNull() ? null : scalar.string());
      }
    }
    return variables;
  }

  Map<String, List<String>> lists(String key) {
    Fields below = below(key);
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (YamlMap.Entry entry : below.map) {
      if (entry.value() instanceof YamlList list) {
        lists.put(entry.key(), List.copyOf(texts(list)));
      }
    }
    return lists;
  }
}
