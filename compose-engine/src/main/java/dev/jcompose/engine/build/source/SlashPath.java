package dev.jcompose.engine.build.source;

import java.util.ArrayList;
import java.util.List;

/** Paths as texts, with slashes whatever the machine has. */
public final class SlashPath {
  private SlashPath() {}

  /**
   * The shortest path of the same meaning, as Go's {@code path.Clean} makes it: no empty and no
   * {@code .} parts, and {@code ..} only at the start of a relative path. {@code .} for nothing.
   */
  public static String clean(String path) {
    boolean absolute = path.startsWith("/");
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (!part.equals("..")) {
        parts.add(part);
      } else if (!parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!absolute) {
        parts.add(part);
      }
    }
    String cleaned = (absolute ? "/" : "") + String.join("/", parts);
    return cleaned.isEmpty() ? "." : cleaned;
  }
}
