package dev.jcompose.samples;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's docker-registry on a free port of this machine, empty at first. */
final class LocalRegistry implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
  private static final Pattern LISTENING = Pattern.compile("listening on ([0-9.:]+)");

  private final Process process;
  private final String address;

  private LocalRegistry(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Whether the machine has it; {@code .ci/run} installs it. */
  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** For anybody. */
  static LocalRegistry start(Path folder) throws IOException {
    return within(List.of(), folder);
  }

  /**
   * For anybody in a network.
   *
   * @param entrance words before a command that run it there
   */
  static LocalRegistry within(List<String> entrance, Path folder) throws IOException {
    return start(entrance, folder, "");
  }

  /** For those whom a file of htpasswd knows. */
  static LocalRegistry withPasswords(Path folder, Path htpasswd) throws IOException {
    return start(
        List.of(),
        folder,
        "auth:\n  htpasswd:\n    realm: test\n    path: %s\n".formatted(htpasswd));
  }

  private static LocalRegistry start(List<String> entrance, Path folder, String more)
      throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log");
    Path configuration = folder.resolve("config.yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        storage:
          filesystem:
            rootdirectory: %s
        http:
          addr: 127.0.0.1:0
        """
                .formatted(folder.resolve("data"))
            + more);
    List<String> command = new ArrayList<>(entrance);
    command.addAll(List.of(PROGRAM.toString(), "serve", configuration.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      String address =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () -> {
                    Matcher listening = LISTENING.matcher(Files.readString(log));
                    return listening.find() ? listening.group(1) : "";
                  },
                  found -> !found.isEmpty());
      return new LocalRegistry(process, address);
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Host and port. */
  String address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
