package dev.jcompose.engine.container.insight;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerInsight.ProcessTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists processes the way ps(1) does: {@code -ef} by ourselves, anything else by the host's ps. */
final class ProcessListing {
  private static final List<String> TITLES =
      List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final int TICKS_PER_SECOND = 100;

  private ProcessListing() {}

  static ProcessTable of(List<Integer> pids, String psArguments) {
    if (!psArguments.isBlank() && !psArguments.strip().equals("-ef")) {
      return byProgram(pids, psArguments);
    }
    long bootTime = ProcFigures.read().bootTime();
    List<List<String>> rows = new ArrayList<>();
    for (int pid : pids) {
      row(pid, bootTime).ifPresent(rows::add);
    }
    return new ProcessTable(TITLES, rows);
  }

  private static Optional<List<String>> row(int pid, long bootTime) {
    Path process = Path.of("/proc", Integer.toString(pid));
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      // Numbered from field 3 of proc_pid_stat(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      long started = bootTime + Long.parseLong(fields[19]) / TICKS_PER_SECOND;
      long seconds = ticks / TICKS_PER_SECOND;
      long age = Math.max(1, Instant.now().getEpochSecond() - started);
      return Optional.of(
          List.of(
              user(process),
              Integer.toString(pid),
              fields[1],
              Long.toString(Math.min(99, 100 * seconds / age)),
              CLOCK.format(Instant.ofEpochSecond(started)),
              terminal(Integer.parseInt(fields[4])),
              String.format(
                  Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60),
              command(process, name)));
    } catch (IOException | RuntimeException gone) {
      return Optional.empty();
    }
  }

  private static String user(Path process) throws IOException {
    return String.valueOf(Files.getOwner(process));
  }

  private static String terminal(int device) {
    int major = device >> 8 & 0xfff;
    return major >= 136 && major < 144 ? "pts/" + (device & 0xff) : "?";
  }

  private static String command(Path process, String name) throws IOException {
    String arguments =
        Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
            .replace('\0', ' ')
            .strip();
    return arguments.isEmpty() ? "[" + name + "]" : arguments;
  }

  private static ProcessTable byProgram(List<Integer> pids, String psArguments) {
    List<String> command = new ArrayList<>(List.of("ps"));
    command.addAll(List.of(psArguments.strip().split("\\s+")));
    List<String> lines;
    try {
      Process ps = new ProcessBuilder(command).redirectErrorStream(true).start();
      ps.getOutputStream().close();
      lines = ps.inputReader(StandardCharsets.UTF_8).lines().toList();
      if (ps.waitFor() != 0) {
        throw new EngineException.InvalidRequest(
            "ps does not understand \"" + psArguments + "\": " + String.join(" ", lines));
      }
    } catch (IOException e) {
      throw new EngineException.NotSupported(
          "this machine has no ps to ask for \"" + psArguments + "\"; leave the arguments out");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("the engine shuts down");
    }
    return filter(pids, lines);
  }

  private static ProcessTable filter(List<Integer> pids, List<String> lines) {
    List<String> titles = lines.isEmpty() ? List.of() : words(lines.getFirst(), Integer.MAX_VALUE);
    int column = titles.indexOf("PID");
    if (column < 0) {
      throw new EngineException.InvalidRequest("Couldn't find PID field in ps output");
    }
    Set<String> wanted = pids.stream().map(String::valueOf).collect(Collectors.toSet());
    return new ProcessTable(
        titles,
        lines.stream()
            .skip(1)
            .map(line -> words(line, titles.size()))
            .filter(row -> row.size() > column && wanted.contains(row.get(column)))
            .toList());
  }

  /** Blank-separated words; the last one takes the rest of the line. */
  private static List<String> words(String line, int most) {
    return List.of(line.strip().split("\\s+", most == Integer.MAX_VALUE ? 0 : most));
  }
}
