package dev.jcompose.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about the standard descriptors, found without any native call. */
public final class Terminal {
  private Terminal() {}

  /** Whether standard input is a terminal. */
  public static boolean isInput() {
    return isTerminal(0);
  }

  /** Whether standard output is a terminal. */
  public static boolean isOutput() {
    return isTerminal(1);
  }

  /** Whether standard error is a terminal. */
  public static boolean isError() {
    return isTerminal(2);
  }

  // System.console() answers for input and output together, which is too shy here.
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException e) {
      return false;
    }
  }
}
