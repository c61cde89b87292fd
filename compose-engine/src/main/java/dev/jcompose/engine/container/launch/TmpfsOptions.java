package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.runtime.Mount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of {@code --tmpfs target:options}. */
final class TmpfsOptions {
  private static final Pattern SIZE = Pattern.compile("(\\d+)([kmgt%]?)");

  private TmpfsOptions() {}

  /**
   * The mount for options such as {@code size=64m,mode=1770,exec}.
   *
   * @throws EngineException.InvalidRequest when an option makes no sense
   */
  static Mount.Tmpfs parse(String target, String text) {
    SequencedSet<String> flags = new LinkedHashSet<>(List.of("noexec", "nosuid", "nodev"));
    List<String> data = new ArrayList<>();
    long size = 0;
    int mode = 01777;
    for (String option : text.split(",", -1)) {
      String value = option.substring(option.indexOf('=') + 1);
      switch (option.replaceFirst("=.*", "")) {
        case "", "rw", "async", "private", "rprivate", "relatime" -> {}
        case "ro", "noexec", "nosuid", "nodev", "strictatime" -> flags.add(option);
        case "exec" -> flags.remove("noexec");
        case "suid" -> flags.remove("nosuid");
        case "dev" -> flags.remove("nodev");
        case "uid", "gid", "nr_inodes", "nr_blocks" -> data.add(counted(target, option));
        case "size" -> size = size(target, value);
        case "mode" -> mode = mode(target, value);
        default -> throw wrong(target, option);
      }
    }
    data.addAll(0, flags);
    return new Mount.Tmpfs(target, size, mode, data);
  }

  private static long size(String target, String value) {
    Matcher matcher = SIZE.matcher(value.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(target, "size=" + value);
    }
    long number = Long.parseLong(matcher.group(1));
    if (matcher.group(2).equals("%")) {
      return LimitsOf.machineMemory() / 100 * number;
    }
    return number << (10 * ("kmgt".indexOf(matcher.group(2)) + 1) * matcher.group(2).length());
  }

  private static String counted(String target, String option) {
    if (!option.matches("[a-z_]+=\\d+")) {
      throw wrong(target, option);
    }
    return option;
  }

  private static int mode(String target, String value) {
    try {
      return Integer.parseInt(value, 8);
    } catch (NumberFormatException e) {
      throw wrong(target, "mode=" + value);
    }
  }

  private static EngineException wrong(String target, String option) {
    return new EngineException.InvalidRequest(
        "tmpfs "
            + target
            + ": option \""
            + option
            + "\" is not supported; use size, mode, uid, gid, nr_inodes, nr_blocks, ro, exec, suid,"
            + " dev");
  }
}
