package dev.jcompose.core.canonical;

import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;

/** Short forms that become maps by name. */
final class MapForms {
  private final Reporter reporter;

  MapForms(Reporter reporter) {
    this.reporter = reporter;
  }

  /** A list of {@code K=V}, or a map, to a map of text. */
  YamlNode pairs(YamlNode node, boolean keepNothing) {
    YamlMap map;
    if (node instanceof YamlList list) {
      map = new YamlMap(node.origin());
      for (YamlNode item : list) {
        pair(map, item);
      }
    } else if (node instanceof YamlMap given) {
      map = given;
    } else {
      return node;
    }
    for (YamlMap.Entry entry : map) {
      if (entry.value() instanceof YamlScalar scalar) {
        if (!scalar.isNull()) {
          reporter.path().push(entry.key());
          map.put(entry.key(), text(scalar));
          reporter.path().pop();
        } else if (!keepNothing) {
          map.put(entry.key(), YamlScalar.of("", scalar.origin()));
        }
      }
    }
    return map;
  }

  private void pair(YamlMap map, YamlNode item) {
    if (!(item instanceof YamlScalar scalar) || !scalar.isString()) {
      reporter.problem(
          item, "an item is text such as KEY=value, this is " + item.kind(), "quote it");
      return;
    }
    String text = scalar.string();
    int equals = text.indexOf('=');
    if (equals < 0) {
      map.put(text, scalar.location(), YamlScalar.ofNull(scalar.origin()));
    } else {
      map.put(
          text.substring(0, equals),
          scalar.location(),
          YamlScalar.of(text.substring(equals + 1), scalar.origin()));
    }
  }

  /** A scalar as text; tells when a number was not printed as it was written. */
  YamlScalar text(YamlScalar scalar) {
    if (scalar.isString() || scalar.isNull()) {
      return scalar;
    }
    String text = scalar.string();
    if (!text.equals(scalar.text()) && scalar.value() instanceof Number) {
      reporter.warn(
          scalar,
          scalar.text() + " is read as the number " + text + "; quote it to keep it as written");
    }
    return scalar.as(text);
  }

  /** A list of names, or a map, to a map of names to nothing. */
  YamlNode names(YamlNode node) {
    if (!(node instanceof YamlList list)) {
      return node;
    }
    YamlMap map = new YamlMap(node.origin());
    for (int i = 0; i < list.size(); i++) {
      reporter.path().push(i);
      name(map, list.get(i));
      reporter.path().pop();
    }
    return map;
  }

  private void name(YamlMap map, YamlNode item) {
    if (!(item instanceof YamlScalar scalar) || !scalar.isString()) {
      reporter.problem(item, "an item is a name, this is " + item.kind(), "quote it");
    } else if (map.has(scalar.string())) {
      reporter.problem(item, "\"" + scalar.string() + "\" is in the list twice", "remove one");
    } else {
      map.put(scalar.string(), scalar.location(), YamlScalar.ofNull(scalar.origin()));
    }
  }

  /** A list of names to a map of names to the default condition; a map stays. */
  YamlNode dependencies(YamlNode node) {
    if (!(node instanceof YamlList) || !(names(node) instanceof YamlMap map)) {
      return node;
    }
    for (YamlMap.Entry entry : map) {
      Origin made = Origin.made("default");
      YamlMap dependency = new YamlMap(entry.value().origin());
      dependency.put("condition", YamlScalar.of("service_started", made));
      dependency.put("required", YamlScalar.of(true, made));
      map.put(entry.key(), dependency);
    }
    return map;
  }

  /** {@code host=ip}, {@code host:ip} or a map to a map of hosts to lists of addresses. */
  YamlNode hosts(YamlNode node) {
    YamlMap map = new YamlMap(node.origin());
    if (node instanceof YamlList list) {
      for (YamlNode item : list) {
        host(map, item);
      }
      return map;
    }
    if (!(node instanceof YamlMap given)) {
      return node;
    }
    for (YamlMap.Entry entry : given) {
      reporter.path().push(entry.key());
      // Not a pattern switch: the class cache cannot hold one, and it costs every start
      // milliseconds.
      if (entry.value() instanceof YamlScalar scalar && !scalar.isNull()) {
        address(map, entry.key(), scalar);
      } else if (entry.value() instanceof YamlList list) {
        for (int i = 0; i < list.size(); i++) {
          reporter.path().push(i);
          address(map, entry.key(), list.get(i));
          reporter.path().pop();
        }
      } else {
        map.put(entry.key(), entry.keyLocation(), entry.value());
      }
      reporter.path().pop();
    }
    return map;
  }

  private void host(YamlMap map, YamlNode item) {
    if (item instanceof YamlScalar scalar) {
      String text = scalar.string();
      int equals = text.indexOf('=');
      int at = equals >= 0 ? equals : text.indexOf(':');
      if (at > 0) {
        address(map, text.substring(0, at).strip(), scalar, text.substring(at + 1));
        return;
      }
      if (reporter.isOpen(text)) {
        address(map, text, scalar, "");
        return;
      }
    }
    reporter.problem(item, item + " is not a host with its address", "write \"host=192.0.2.1\"");
  }

  private void address(YamlMap map, String host, YamlNode address) {
    if (address instanceof YamlScalar scalar && scalar.isString()) {
      address(map, host, scalar, scalar.string());
    } else {
      reporter.problem(
          address,
          "an address is text, this is " + address.kind(),
          "write \"192.0.2.1\" in quotes");
    }
  }

  private static void address(YamlMap map, String host, YamlScalar at, String address) {
    String bare = address.strip();
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    YamlList list = map.list(host);
    if (list == null) {
      list = new YamlList(at.origin());
      map.put(host, at.location(), list);
    }
    list.add(YamlScalar.of(bare, at.origin()));
  }

  /**
   * {@code default}, {@code id=path} or what docker compose prints, {@code id: path}, to a map of
   * ids to paths.
   */
  YamlNode ssh(YamlNode node) {
    if (!(node instanceof YamlList list)) {
      return pairs(node, true);
    }
    YamlList keys = new YamlList(list.origin());
    for (YamlNode item : list) {
      int colon = item instanceof YamlScalar scalar ? scalar.string().indexOf(": ") : -1;
      if (colon > 0 && item instanceof YamlScalar scalar && scalar.string().indexOf('=') < 0) {
        String text = scalar.string();
        keys.add(
            YamlScalar.of(
                text.substring(0, colon) + "=" + text.substring(colon + 2), scalar.origin()));
      } else {
        agent(item);
        keys.add(item);
      }
    }
    return pairs(keys, true);
  }

  /** Only the usual agent goes without a path. */
  private void agent(YamlNode item) {
    if (item instanceof YamlScalar scalar
        && scalar.isString()
        && scalar.string().indexOf('=') < 0
        && !scalar.string().equals("default")
        && !reporter.isOpen(scalar.string())) {
      reporter.problem(
          item, item + " is neither the usual agent nor a key", "write \"default\" or \"id=path\"");
    }
  }

  /** {@code external: {name: x}} to {@code external: true} and {@code name: x}. */
  YamlNode external(YamlNode node) {
    if (!(node instanceof YamlMap map) || !(map.get("external") instanceof YamlMap external)) {
      return node;
    }
    YamlNode name = external.get("name");
    reporter.path().push("external");
    for (YamlMap.Entry entry : external) {
      reporter.path().push(entry.key());
      if (!entry.key().equals("name")) {
        reporter.problem(
            entry.keyLocation(),
            "\"" + entry.key() + "\" is not known here",
            "write \"external: true\" and \"name\"");
      } else if (!(name instanceof YamlScalar scalar && scalar.isString())) {
        reporter.problem(
            entry.value(), "a name is text, this is " + entry.value().kind(), "put it in quotes");
      }
      reporter.path().pop();
    }
    reporter.path().pop();
    if (name instanceof YamlScalar scalar && scalar.isString()) {
      if (map.has("name")) {
        reporter.problem(
            name, "the name is given twice, here and as \"name\"", "keep \"name\" only");
      } else {
        reporter.warn(external, "external.name is old; write \"external: true\" and \"name\"");
        map.put("name", name);
      }
    }
    map.put("external", YamlScalar.of(true, external.origin()));
    return map;
  }
}
