package dev.jcompose.cli;

import dev.jcompose.cli.engine.EngineConnector;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process {@code jcompose}. */
public final class Main {
  private Main() {}

  /** Runs one command line and ends the process with its status. */
  public static void main(String[] args) {
    // Always UTF-8, whatever the locale says: names and symbols must come out as written.
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    boolean asDocker = "docker-compose".equals(System.getProperty("jcompose.called"));
    int status = run(List.of(args), asDocker, System.getenv(), out, err);
    out.flush();
    err.flush();
    // Threads that still follow a stream must not keep the process.
    Runtime.getRuntime().halt(status);
  }

  /**
   * Runs one command line.
   *
   * @param asDocker whether the words are those of docker-compose
   */
  static int run(
      List<String> words,
      boolean asDocker,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err) {
    return new CommandLineInterface(
            environment,
            directory(environment),
            new FileInputStream(FileDescriptor.in),
            out,
            err,
            new EngineConnector())
        .run(words, asDocker);
  }

  /**
   * The directory the user stands in, by the name the shell knows it by: through a symbolic link it
   * is another one than the kernel tells.
   */
  static Path directory(Map<String, String> environment) {
    Path real = Path.of("").toAbsolutePath();
    String known = environment.get("PWD");
    try {
      if (known != null && known.startsWith("/") && Files.isSameFile(Path.of(known), real)) {
        return Path.of(known);
      }
    } catch (IOException | InvalidPathException _) {
      // An old PWD.
    }
    return real;
  }

  static PrintStream stream(FileDescriptor descriptor) {
    // Flushed where it matters: a log of a million lines must not be a million writes.
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 16 * 1024),
        descriptor == FileDescriptor.err,
        StandardCharsets.UTF_8);
  }
}
