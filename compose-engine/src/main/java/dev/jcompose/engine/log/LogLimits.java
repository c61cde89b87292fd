package dev.jcompose.engine.log;

import dev.jcompose.engine.EngineException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a log is kept.
 *
 * @param bytes a file that has reached this size is put aside before the next write; negative: no
 *     bound
 * @param files most files, the newest included; at least 1
 */
public record LogLimits(long bytes, int files) {
  /** Unlike Docker, which keeps everything until the disk is full. */
  public static final LogLimits DEFAULT = new LogLimits(10L << 20, 3);

  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmgt]?)(?:i?b)?");

  /**
   * Reads the options {@code max-size} and {@code max-file}.
   *
   * @throws EngineException.InvalidRequest when one of them makes no sense
   */
  public static LogLimits of(Map<String, String> options) {
    String size = options.get("max-size");
    String files = options.get("max-file");
    long bytes = size == null ? DEFAULT.bytes() : size(size);
    if (files == null) {
      return new LogLimits(bytes, DEFAULT.files());
    }
    try {
      int count = Integer.parseInt(files.strip());
      if (count >= 1) {
        return new LogLimits(bytes, count);
      }
    } catch (NumberFormatException e) {
      // answered below, together with numbers out of range
    }
    throw new EngineException.InvalidRequest(
        "log option max-file is \"" + files + "\"; write how many files to keep, 1 or more");
  }

  private static long size(String text) {
    if (text.strip().equals("-1")) {
      return -1;
    }
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new EngineException.InvalidRequest(
          "log option max-size is \"" + text + "\"; write a number of bytes such as 10m, or -1");
    }
    int power = "kmgt".indexOf(matcher.group(2)) + 1;
    return Long.parseLong(matcher.group(1)) << (matcher.group(2).isEmpty() ? 0 : 10 * power);
  }
}
