package dev.jcompose.core.golden;

import java.util.List;
import java.util.stream.Collectors;

/** Parts of printed YAML, cut out by indentation. */
final class Block {
  private Block() {}

  /**
   * What is printed for a dotted path, without the indentation; {@code (absent)} when it is not
   * there.
   */
  static String at(String text, String path) {
    String block = text;
    for (String key : path.split("\\.", -1)) {
      String found = null;
      List<String> lines = block.lines().toList();
      for (int i = 0; i < lines.size() && found == null; i++) {
        if (lines.get(i).startsWith(key + ":")) {
          found = lines.get(i).substring(key.length() + 1).strip();
          StringBuilder below = new StringBuilder(found.isEmpty() ? "" : found + "\n");
          for (int j = i + 1; j < lines.size() && isBelow(lines.get(j)); j++) {
            below.append(lines.get(j).isEmpty() ? "" : lines.get(j).substring(2)).append('\n');
          }
          found = below.toString();
        }
      }
      if (found == null) {
        return "(absent)\n";
      }
      block = found;
    }
    return block;
  }

  private static boolean isBelow(String line) {
    return line.isEmpty() || line.startsWith("  ");
  }

  /** Without some keys of the first level. */
  static String without(String block, List<String> keys) {
    boolean[] hidden = {false};
    return block
        .lines()
        .filter(
            line -> {
              if (!isBelow(line)) {
                hidden[0] = keys.stream().anyMatch(key -> line.startsWith(key + ":"));
              }
              return !hidden[0];
            })
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
