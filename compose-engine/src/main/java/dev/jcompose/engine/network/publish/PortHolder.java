package dev.jcompose.engine.network.publish;

import dev.jcompose.engine.network.PortBinding.Protocol;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the process that holds a port, to name it to the user. */
final class PortHolder {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String LISTENING = "0A";
  private static final String UNCONNECTED = "07";

  private final Path proc;

  /**
   * @param proc {@code /proc}, or a copy of its shape in tests
   */
  PortHolder(Path proc) {
    this.proc = proc;
  }

  /** The holder as {@code process 123 (java)}, empty when it cannot be found. */
  Optional<String> find(Protocol protocol, int port) {
    try {
      Set<String> sockets = new HashSet<>();
      String table = protocol.name().toLowerCase(Locale.ROOT);
      sockets(proc.resolve("net").resolve(table), port, sockets);
      sockets(proc.resolve("net").resolve(table + "6"), port, sockets);
      return sockets.isEmpty() ? Optional.empty() : process(sockets);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  // Lines: "sl local_address rem_address st … uid timeout inode", addresses as HEX:PORT.
  private static void sockets(Path table, int port, Set<String> found) throws IOException {
    if (!Files.exists(table)) {
      return;
    }
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    for (String line : Files.readAllLines(table)) {
      List<String> words = List.of(BLANKS.split(line.strip()));
      if (words.size() > 9
          && words.get(1).endsWith(suffix)
          && (words.get(3).equals(LISTENING) || words.get(3).equals(UNCONNECTED))) {
        found.add("socket:[" + words.get(9) + "]");
      }
    }
  }

  private Optional<String> process(Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return Optional.of("process " + process.getFileName() + " (" + name + ")");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)
            && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // The process or its descriptor is gone.
    }
    return false;
  }
}
