package dev.jcompose.core.normalize;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.attribute.PathRule;
import dev.jcompose.core.project.build.Build;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values that name files absolute, as the attribute table says. Paths that are absolute
 * stay as they are.
 */
public final class PathResolution {
  private final Path base;
  private final @Nullable Path home;

  /**
   * Makes a resolution.
   *
   * @param base directory that relative paths start from; absolute unless paths stay relative
   * @param home what {@code ~} means; null leaves it as it is
   */
  public PathResolution(Path base, @Nullable Path home) {
    this.base = base;
    this.home = home;
  }

  /** Works on a whole model in place. */
  public void apply(YamlMap root) {
    map(root, AttributeTable.root());
  }

  /** Works on one service in place. */
  public void applyToService(YamlMap service) {
    map(service, AttributeTable.at("services", "*"));
  }

  private void map(YamlMap map, Attribute attribute) {
    if (attribute.pathRule() == PathRule.VOLUME_DEVICE) {
      return;
    }
    if (attribute.path().equals("volumes.*")) {
      device(map);
    }
    for (YamlMap.Entry entry : map) {
      Attribute child = attribute.child(entry.key());
      if (child == null || child.path().isEmpty()) {
        continue;
      }
      // Not a pattern switch: the class cache cannot hold one, and it costs every start
      // milliseconds.
      if (entry.value() instanceof YamlMap below) {
        map(below, child);
      } else if (entry.value() instanceof YamlList list) {
        list(list, child);
      } else if (entry.value() instanceof YamlScalar scalar) {
        YamlScalar made = scalar(scalar, child.pathRule(), map);
        if (made != scalar) {
          map.put(entry.key(), made);
        }
      }
    }
  }

  private void list(YamlList list, Attribute attribute) {
    Attribute item = attribute.item();
    for (int i = 0; i < list.size(); i++) {
      YamlNode node = list.get(i);
      if (node instanceof YamlMap map && item != null) {
        map(map, item);
      } else if (node instanceof YamlScalar scalar && attribute.pathRule() == PathRule.FILE) {
        list.set(i, absolute(scalar));
      }
    }
  }

  private YamlScalar scalar(YamlScalar scalar, PathRule rule, YamlMap parent) {
    if (!scalar.isString() || scalar.string().isEmpty()) {
      return scalar;
    }
    return switch (rule) {
      case NONE, VOLUME_DEVICE -> scalar;
      case FILE, OPTIONAL -> absolute(scalar);
      case REAL_FILE -> real(absolute(scalar));
      case CONTEXT -> isRemote(scalar.string()) ? scalar : absolute(scalar);
      case MOUNT_SOURCE -> "bind".equals(parent.string("type")) ? absolute(scalar) : scalar;
    };
  }

  private void device(YamlMap volume) {
    YamlMap options = volume.map("driver_opts");
    if (options != null
        && "local".equals(volume.string("driver"))
        && "bind".equals(options.string("o"))
        && options.get("device") instanceof YamlScalar device
        && device.isString()) {
      options.put("device", absolute(device));
    }
  }

  private static YamlScalar real(YamlScalar scalar) {
    try {
      Path path = Path.of(scalar.string());
      if (!path.isAbsolute()) {
        return scalar;
      }
      String real = path.toRealPath().toString();
      return real.equals(scalar.string()) ? scalar : YamlScalar.of(real, scalar.origin());
    } catch (IOException | InvalidPathException _) {
      // What is not there yet stays as it is called.
      return scalar;
    }
  }

  private YamlScalar absolute(YamlScalar scalar) {
    String made = absolute(scalar.string());
    return made.equals(scalar.string()) ? scalar : YamlScalar.of(made, scalar.origin());
  }

  /** A path from the base, {@code ~} and drive letters known; the base itself is a dot. */
  public String absolute(String path) {
    Path known = home;
    if (known != null && path.startsWith("~")) {
      // As in docker compose ~name is no other user's home.
      int rest = path.startsWith("~/") ? 2 : 1;
      return known.resolve(path.substring(rest)).normalize().toString();
    }
    if (path.startsWith("/") || path.startsWith("\\") || path.startsWith("~") || isDrive(path)) {
      return path;
    }
    if (path.indexOf('\0') >= 0) {
      return path;
    }
    String joined = base.resolve(path).normalize().toString();
    return joined.isEmpty() ? "." : joined;
  }

  private static boolean isDrive(String path) {
    return path.length() > 2
        && Character.isLetter(path.charAt(0))
        && path.charAt(1) == ':'
        && (path.charAt(2) == '\\' || path.charAt(2) == '/');
  }

  private static boolean isRemote(String context) {
    return context.contains("://")
        || Build.serviceOf(context) != null
        || context.startsWith("github.com/")
        || context.startsWith("git@");
  }
}
