package dev.jcompose.cli;

import dev.jcompose.cli.session.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs what the class cache of the command line should hold, in one process, while the distribution
 * is made. What it loads is loaded again at every later start, so it does the common work only.
 */
final class Training {
  private final Path composeFile;
  private final Path socket;

  private Training(Path composeFile, Path socket) {
    this.composeFile = composeFile;
    this.socket = socket;
  }

  /**
   * Trains one cache.
   *
   * @param args which of the four, "read", "look", "build" or "change"; the Compose file to read;
   *     the socket of a {@link StubEngine}
   */
  public static void main(String[] args) {
    Training training = new Training(Path.of(args[1]), Path.of(args[2]));
    switch (args[0]) {
      case "read" -> training.read();
      case "look" -> training.look();
      case "build" -> training.build();
      default -> training.change();
    }
    // Threads that follow streams do not keep the process.
    System.exit(0);
  }

  private void read() {
    project("config");
    project("config", "--format", "json");
    project("config", "--quiet");
    of(
        ExitCode.FILE.code(),
        "-f",
        composeFile.resolveSibling("mistakes.yaml").toString(),
        "config",
        "--quiet");
  }

  private void look() {
    of(0, "version");
    project("ps");
    project("logs");
  }

  private void build() {
    project("build", "--quiet", "built");
    project("build", "--progress", "plain", "built");
    project("build", "--progress", "tty", "built");
  }

  private void change() {
    project("up", "-d");
    project("--progress", "tty", "up", "-d");
    project("down", "-v", "-t", "0");
  }

  private void project(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of("-f", composeFile.toString(), "--host", "unix://" + socket.toString()));
    all.addAll(List.of(words));
    of(0, all.toArray(String[]::new));
  }

  private static void of(int expected, String... words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    // The streams of a real run are made too, but not written to.
    Main.stream(FileDescriptor.out);
    int status = Main.run(List.of(words), false, Map.copyOf(System.getenv()), stream, stream);
    if (status != expected) {
      throw new IllegalStateException(
          List.of(words) + " ended with " + status + ": " + said.toString(StandardCharsets.UTF_8));
    }
  }
}
