package dev.jcompose.cli.session;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * One run of the command line. Data goes to {@code out}, everything meant for people to {@code
 * err}.
 *
 * @param directory where the user stands, absolute
 */
public record Session(
    RootOptions options,
    Map<String, String> environment,
    Path directory,
    InputStream in,
    PrintStream out,
    PrintStream err) {
  public Session {
    environment = Map.copyOf(environment);
  }
}
