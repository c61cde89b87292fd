package dev.jcompose.core.canonical;

import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;

/** The short form of a mount: {@code [source:]target[:options]}, the platform unknown. */
final class MountSyntax {
  /** What is wrong with a mount. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }

    String text() {
      String message = getMessage();
      return message == null ? "" : message;
    }
  }

  private final Origin origin;
  private final List<String> unknownOptions = new ArrayList<>();

  MountSyntax(Origin origin) {
    this.origin = origin;
  }

  /** Options nobody knows; docker compose takes them in silence. */
  List<String> unknownOptions() {
    return unknownOptions;
  }

  YamlMap parse(String text) throws Malformed {
    if (text.isEmpty()) {
      throw new Malformed("is empty");
    }
    YamlMap mount = new YamlMap(origin);
    if (text.length() <= 2) {
      put(mount, "type", "volume");
      put(mount, "target", clean(text));
      return mount;
    }
    List<String> parts = split(text);
    if (parts.contains("")) {
      throw new Malformed("has nothing between two colons");
    }
    if (parts.size() > 3) {
      throw new Malformed("has too many colons");
    }
    String source = parts.size() > 1 ? parts.getFirst() : "";
    String target = parts.size() > 1 ? parts.get(1) : parts.getFirst();
    boolean bind = isFilePath(source);
    put(mount, "type", bind ? "bind" : "volume");
    if (!source.isEmpty()) {
      put(mount, "source", source);
    }
    put(mount, "target", clean(target));
    if (parts.size() == 3) {
      options(mount, parts.get(2));
    }
    if (bind) {
      part(mount, "bind").put("create_host_path", YamlScalar.of(true, origin));
    } else {
      part(mount, "volume");
    }
    return mount;
  }

  /** At colons, but not at that of a drive letter nor inside a variable. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
      } else if (c == ':' && depth == 0 && !(i - start == 1 && isLetter(text.charAt(start)))) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private void options(YamlMap mount, String options) {
    for (String option : options.split(",", -1)) {
      switch (option) {
        case "ro" -> mount.put("read_only", YamlScalar.of(true, origin));
        case "rw" -> mount.remove("read_only");
        case "nocopy" -> part(mount, "volume").put("nocopy", YamlScalar.of(true, origin));
        case "z", "Z" -> put(part(mount, "bind"), "selinux", option);
        case "private", "rprivate", "shared", "rshared", "slave", "rslave" ->
            put(part(mount, "bind"), "propagation", option);
        default -> unknownOptions.add(option);
      }
    }
  }

  private YamlMap part(YamlMap mount, String key) {
    YamlMap part = mount.map(key);
    if (part == null) {
      part = new YamlMap(origin);
      mount.put(key, part);
    }
    return part;
  }

  private void put(YamlMap map, String key, String value) {
    map.put(key, YamlScalar.of(value, origin));
  }

  static boolean isFilePath(String source) {
    if (source.isEmpty()) {
      return false;
    }
    char first = source.charAt(0);
    return first == '.'
        || first == '/'
        || first == '~'
        || source.startsWith("\\\\")
        || (source.length() > 1 && source.charAt(1) == ':' && isLetter(first));
  }

  private static boolean isLetter(char c) {
    return Character.isLetter(c);
  }

  /** Without double slashes, dots and a slash at the end, by the text alone. */
  static String clean(String path) {
    boolean rooted = path.startsWith("/");
    List<String> kept = new ArrayList<>();
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String part = path.substring(start, end);
      if (part.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!part.isEmpty() && !part.equals(".") && !(rooted && part.equals(".."))) {
        kept.add(part);
      }
      start = end + 1;
    }
    String joined = String.join("/", kept);
    if (rooted) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }
}
