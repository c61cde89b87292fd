package dev.jcompose.engine.container.create;

import dev.jcompose.engine.EngineException;
import java.util.Locale;
import java.util.Map;

/** Signals by name and number, signal(7), as x86-64 and aarch64 number them. */
public final class Signals {
  private static final String[] NAMES = {
    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
    "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU",
    "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
  };
  private static final int FIRST_REALTIME = 34;
  private static final int LAST_REALTIME = 64;
  private static final Map<String, Integer> OTHERS =
      Map.of("IOT", 6, "CLD", 17, "POLL", 29, "RTMIN", FIRST_REALTIME, "RTMAX", LAST_REALTIME);

  private Signals() {}

  /**
   * The number of {@code SIGTERM}, {@code term}, {@code 15} or {@code RTMIN+3}.
   *
   * @throws EngineException.InvalidRequest when there is no such signal
   */
  public static int parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    if (name.startsWith("SIG")) {
      name = name.substring(3);
    }
    Integer other = OTHERS.get(name);
    if (other != null) {
      return other;
    }
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(name)) {
        return i + 1;
      }
    }
    try {
      int number =
          name.startsWith("RTMIN+")
              ? FIRST_REALTIME + Integer.parseInt(name.substring(6))
              : name.startsWith("RTMAX-")
                  ? LAST_REALTIME - Integer.parseInt(name.substring(6))
                  : Integer.parseInt(name);
      if (number >= 1 && number <= LAST_REALTIME) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw new EngineException.InvalidRequest("invalid signal: " + text);
  }
}
