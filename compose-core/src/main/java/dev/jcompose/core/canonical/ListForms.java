package dev.jcompose.core.canonical;

import dev.jcompose.core.project.network.PortMapping;
import dev.jcompose.core.project.network.PortRange;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;

/** Short forms that become lists, or items of lists. */
final class ListForms {
  private static final int VALUES_OF_A_PORT = 5;

  private final Reporter reporter;
  private final Growth growth;

  ListForms(Reporter reporter, Growth growth) {
    this.reporter = reporter;
    this.growth = growth;
  }

  YamlNode listOfOne(YamlNode node) {
    if (node instanceof YamlScalar scalar && !scalar.isNull()) {
      YamlList list = new YamlList(node.origin());
      list.add(scalar);
      return list;
    }
    return node;
  }

  YamlNode words(YamlNode node) {
    if (!(node instanceof YamlScalar scalar) || !(scalar.value() instanceof String line)) {
      return node;
    }
    ShellWords.Split split = ShellWords.split(line);
    if (split == null) {
      reporter.problem(
          node,
          "\"" + line + "\" has a quote, backslash or parenthesis that does not fit",
          "quote it, or write a list of words");
      return scalar.asBroken();
    }
    if (!split.lost().isEmpty()) {
      reporter.warn(
          node,
          "\""
              + split.lost()
              + "\" is cut off, because there is no shell; write [\"sh\", \"-c\","
              + " \"...\"]");
    }
    YamlList list = new YamlList(node.origin());
    for (String word : split.words()) {
      list.add(YamlScalar.of(word, node.origin()));
    }
    return list;
  }

  YamlNode shellTest(YamlNode node) {
    if (!(node instanceof YamlScalar scalar) || !scalar.isString()) {
      return node;
    }
    YamlList list = new YamlList(node.origin());
    list.add(YamlScalar.of("CMD-SHELL", node.origin()));
    list.add(scalar);
    return list;
  }

  YamlNode envFiles(YamlNode node) {
    YamlNode listed = listOfOne(node);
    if (!(listed instanceof YamlList list)) {
      return listed;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof YamlScalar scalar && scalar.isString()) {
        YamlMap file = new YamlMap(scalar.origin());
        file.put("path", scalar);
        list.set(i, file);
      }
    }
    return list;
  }

  YamlNode keyed(YamlNode node, String key) {
    if (!(node instanceof YamlScalar scalar) || !scalar.isString()) {
      return node;
    }
    YamlMap map = new YamlMap(node.origin());
    map.put(key, scalar);
    return map;
  }

  YamlNode device(YamlNode node) {
    if (!(node instanceof YamlScalar scalar) || !(scalar.value() instanceof String text)) {
      return node;
    }
    String[] parts = text.split(":", -1);
    if (parts.length > 3) {
      reporter.problem(
          node,
          "\"" + text + "\" has too many colons for a device",
          "write a map with source, target and permissions");
      return scalar.asBroken();
    }
    YamlMap map = new YamlMap(node.origin());
    map.put("source", YamlScalar.of(parts[0], node.origin()));
    map.put("target", YamlScalar.of(parts.length > 1 ? parts[1] : parts[0], node.origin()));
    map.put("permissions", YamlScalar.of(parts.length > 2 ? parts[2] : "rwm", node.origin()));
    return map;
  }

  YamlNode gpus(YamlNode node) {
    if (!(node instanceof YamlScalar scalar) || !"all".equals(scalar.value())) {
      return node;
    }
    YamlMap request = new YamlMap(node.origin());
    request.put("count", YamlScalar.of(-1, node.origin()));
    YamlList list = new YamlList(node.origin());
    list.add(request);
    return list;
  }

  YamlNode mount(YamlNode node) {
    if (node instanceof YamlMap map
        && map.get("target") instanceof YamlScalar target
        && target.value() instanceof String path
        && !path.isEmpty()
        && !reporter.isOpen(path)) {
      map.put("target", target.as(MountSyntax.clean(path)));
    }
    if (!(node instanceof YamlScalar scalar) || !(scalar.value() instanceof String text)) {
      return node;
    }
    MountSyntax syntax = new MountSyntax(node.origin());
    try {
      YamlMap mount = syntax.parse(text);
      String target = mount.string("target");
      for (String option : syntax.unknownOptions()) {
        reporter.warn(node, "the option \"" + option + "\" of \"" + text + "\" means nothing");
      }
      if (mount.string("source") == null
          && target != null
          && target.length() > 2
          && target.charAt(1) == ':') {
        reporter.warn(
            node,
            "\""
                + text
                + "\" is read as the Windows path of an unnamed volume; give the volume"
                + " a name of two letters or more");
      }
      return mount;
    } catch (MountSyntax.Malformed e) {
      reporter.problem(
          node, "\"" + text + "\" " + e.text(), "write \"source:target\" or \"source:target:ro\"");
      return scalar.asBroken();
    }
  }

  YamlNode ports(YamlNode node) {
    if (!(node instanceof YamlList list)) {
      return node;
    }
    for (YamlNode item : list) {
      if (item instanceof YamlScalar scalar && reporter.isOpen(scalar.string())) {
        return node;
      }
    }
    YamlList ports = new YamlList(node.origin());
    for (int i = 0; i < list.size(); i++) {
      reporter.path().push(i);
      port(ports, list.get(i));
      reporter.path().pop();
    }
    return ports;
  }

  private void port(YamlList ports, YamlNode item) {
    if (!(item instanceof YamlScalar scalar) || scalar.isNull() || scalar.isBroken()) {
      if (item instanceof YamlMap map
          && !reporter.isLenient()
          && map.get("published") instanceof YamlScalar published
          && published.value() instanceof Number) {
        map.put("published", YamlScalar.of(published.string(), published.origin()));
      }
      ports.add(item);
      return;
    }
    String text = scalar.string();
    try {
      List<PortMapping> mappings =
          growth.isFull() ? new ArrayList<>() : new ArrayList<>(PortMapping.parse(text));
      if (growth.isFull() || !growth.takesValues(VALUES_OF_A_PORT * mappings.size())) {
        reporter.problem(
            item,
            "\"" + text + "\" makes more than " + Growth.MOST_VALUES + " ports and other values",
            "publish smaller ranges");
        return;
      }
      // docker compose sorts the ports of a range by their text.
      mappings.sort((a, b) -> key(a).compareTo(key(b)));
      for (PortMapping mapping : mappings) {
        ports.add(expand(mapping, scalar.origin()));
      }
    } catch (IllegalArgumentException e) {
      reporter.problem(
          item,
          "\"" + text + "\" is not a port: " + e.getMessage(),
          "write \"8080:80\", host first");
    }
  }

  private static String key(PortMapping mapping) {
    return mapping.target() + "/" + mapping.protocol();
  }

  private static YamlMap expand(PortMapping mapping, Origin origin) {
    YamlMap port = new YamlMap(origin);
    port.put("mode", YamlScalar.of("ingress", origin));
    String hostIp = mapping.hostIp();
    if (hostIp != null) {
      port.put("host_ip", YamlScalar.of(hostIp, origin));
    }
    port.put("target", YamlScalar.of(mapping.target(), origin));
    PortRange published = mapping.published();
    if (published != null) {
      port.put("published", YamlScalar.of(published.toString(), origin));
    }
    port.put("protocol", YamlScalar.of(mapping.protocol(), origin));
    return port;
  }

  YamlNode include(YamlNode node) {
    if (!(node instanceof YamlList list)) {
      return node;
    }
    for (int i = 0; i < list.size(); i++) {
      list.set(i, keyed(list.get(i), "path"));
    }
    return list;
  }
}
