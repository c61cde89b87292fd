package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What the machine has mounted, and which of it tells others about mounts made later. */
final class HostMounts {
  private static final int TARGET = 4;
  private static final int FIRST_TAG = 6;

  private record Line(Path target, Set<String> tags) {}

  private final List<Line> lines;

  private HostMounts(List<Line> lines) {
    this.lines = lines;
  }

  /** As it is at this moment (proc_pid_mountinfo(5)). */
  static HostMounts read() {
    try {
      return of(Files.readAllLines(Path.of("/proc/self/mountinfo")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what the machine has mounted", e);
    }
  }

  static HostMounts of(List<String> mountinfo) {
    return new HostMounts(mountinfo.stream().map(HostMounts::line).toList());
  }

  private static Line line(String text) {
    List<String> fields = List.of(text.split(" ", -1));
    return new Line(
        Path.of(fields.get(TARGET).replace("\\040", " ")),
        Set.copyOf(
            fields.subList(FIRST_TAG, fields.indexOf("-")).stream()
                .map(tag -> tag.replaceFirst(":.*", ""))
                .distinct()
                .toList()));
  }

  /** Refuses a source whose mounts cannot go both ways; the text is Docker's. */
  void requireShared(Path source) {
    Line mount = of(source);
    if (!mount.tags().contains("shared")) {
      throw new EngineException.InvalidRequest(
          "path "
              + source
              + " is mounted on "
              + mount.target()
              + " but it is not a shared mount; make it one with mount --make-shared");
    }
  }

  /** Refuses a source from which no mounts can come. */
  void requireReceiving(Path source) {
    Line mount = of(source);
    if (!mount.tags().contains("shared") && !mount.tags().contains("master")) {
      throw new EngineException.InvalidRequest(
          "path "
              + source
              + " is mounted on "
              + mount.target()
              + " but it is not a shared or slave mount; make it one with mount --make-shared");
    }
  }

  private Line of(Path source) {
    // Of several on one target the last one lies on top.
    return lines.reversed().stream()
        .filter(line -> source.startsWith(line.target()))
        .max(Comparator.comparingInt(line -> line.target().getNameCount()))
        .orElseThrow();
  }
}
