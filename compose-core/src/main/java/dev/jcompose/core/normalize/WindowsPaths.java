package dev.jcompose.core.normalize;

import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.Locale;

/** Turns {@code C:\x} into {@code /c/x}, for {@code COMPOSE_CONVERT_WINDOWS_PATHS}. */
public final class WindowsPaths {
  private WindowsPaths() {}

  /** Works on the sources of all mounts in place. */
  public static void apply(YamlMap root) {
    YamlMap services = root.map("services");
    if (services == null) {
      return;
    }
    for (YamlMap.Entry entry : services) {
      if (entry.value() instanceof YamlMap service) {
        for (YamlMap mount : Defaults.maps(service.list("volumes"))) {
          if (mount.get("source") instanceof YamlScalar source && isDrive(source.string())) {
            mount.put("source", YamlScalar.of(converted(source.string()), source.origin()));
          }
        }
      }
    }
  }

  private static boolean isDrive(String path) {
    return path.length() > 2
        && Character.isLetter(path.charAt(0))
        && path.charAt(1) == ':'
        && (path.charAt(2) == '\\' || path.charAt(2) == '/');
  }

  private static String converted(String path) {
    return "/"
        + path.substring(0, 1).toLowerCase(Locale.ROOT)
        + path.substring(2).replace('\\', '/');
  }
}
