package dev.jcompose.cli.render.build;

import dev.jcompose.core.port.build.BuildNews;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of builds and how it looks at one moment, as people know it from BuildKit: a header
 * that counts the steps, one line for each step with its time, and under a step that runs the last
 * of its output. Knows no clock and no terminal.
 */
final class BuildFrame {
  private static final int TAIL = 6;
  private static final int SPARE_ROWS = 2;
  private static final String BLUE = "\u001b[34m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  /** One step; times are milliseconds since 1970. */
  private static final class Line {
    final String name;
    final long began;
    final List<String> tail = new ArrayList<>();
    final StringBuilder unfinished = new StringBuilder();
    @Nullable Long ended;
    String mark = "";

    Line(String name, long began) {
      this.name = name;
      this.began = began;
    }
  }

  private final boolean colours;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private long first;

  BuildFrame(boolean colours) {
    this.colours = colours;
  }

  void take(String service, BuildNews news, long now) {
    switch (news) {
      case BuildNews.Begin begin -> {
        first = first == 0 ? begin.time() : first;
        lines.put(service + "/" + begin.step(), new Line(begin.name(), begin.time()));
      }
      case BuildNews.Cached cached -> mark(service, cached.step(), "CACHED ", null);
      case BuildNews.Output output -> output(service, output);
      case BuildNews.Done done -> mark(service, done.step(), null, done.time());
      case BuildNews.Failed failed -> mark(service, failed.step(), "ERROR ", now);
      case BuildNews.Canceled canceled -> mark(service, canceled.step(), "CANCELED ", now);
      case BuildNews.Warning warning -> warnings.add(service + ": " + warning.text());
      case BuildNews.Kept _ -> {}
    }
  }

  private void mark(String service, int step, @Nullable String mark, @Nullable Long ended) {
    Line line = lines.get(service + "/" + step);
    if (line != null) {
      line.mark = mark == null ? line.mark : mark;
      line.ended = ended == null ? line.ended : ended;
    }
  }

  private void output(String service, BuildNews.Output output) {
    Line line = lines.get(service + "/" + output.step());
    if (line == null) {
      return;
    }
    line.unfinished.append(output.text());
    for (int end = line.unfinished.indexOf("\n"); end >= 0; end = line.unfinished.indexOf("\n")) {
      line.tail.add(line.unfinished.substring(0, end));
      line.unfinished.delete(0, end + 1);
      if (line.tail.size() > TAIL) {
        line.tail.removeFirst();
      }
    }
  }

  /** The lines to show, none wider than {@code columns} and together at most {@code rows}. */
  List<String> draw(long now, int columns, int rows) {
    if (lines.isEmpty()) {
      return List.of();
    }
    long over = lines.values().stream().filter(line -> line.ended != null).count();
    List<String> drawn = new ArrayList<>();
    boolean finished = over == lines.size();
    String header =
        "[+] Building %s (%d/%d)%s"
            .formatted(
                seconds(last(now, finished) - first),
                over,
                lines.size(),
                finished ? " FINISHED" : "");
    drawn.add(clip(header, columns));
    for (Line line : lines.values()) {
      drawn.add(draw(line, now, columns));
      if (line.ended == null) {
        line.tail.forEach(text -> drawn.add(clip(" => => # " + visible(text), columns)));
      }
    }
    warnings.forEach(warning -> drawn.add(clip("Warning: " + warning, columns)));
    int room = Math.max(2, rows - SPARE_ROWS);
    // The oldest go first; what runs is at the end.
    while (drawn.size() > room) {
      drawn.remove(1);
    }
    return drawn;
  }

  private long last(long now, boolean finished) {
    return finished
        ? lines.values().stream()
            .mapToLong(line -> line.ended == null ? now : line.ended)
            .max()
            .orElse(now)
        : now;
  }

  private String draw(Line line, long now, int columns) {
    Long ended = line.ended;
    String time = seconds((ended == null ? now : ended) - line.began);
    String text = " => " + line.mark + visible(line.name);
    int room = columns - time.length() - 1;
    String clipped = clip(text, room);
    String whole =
        clipped + " ".repeat(Math.max(1, columns - clipped.length() - time.length())) + time;
    if (!colours || ended == null) {
      return whole;
    }
    return (line.mark.equals("ERROR ") ? RED : BLUE) + whole + RESET;
  }

  private static String visible(String text) {
    String last = text.substring(text.stripTrailing().lastIndexOf('\r') + 1);
    return last.replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\\p{Cntrl}", " ");
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1fs", Math.max(0, millis) / 1000.0);
  }

  private static String clip(String line, int columns) {
    return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
  }
}
