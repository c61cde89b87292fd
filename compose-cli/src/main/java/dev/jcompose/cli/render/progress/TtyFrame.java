package dev.jcompose.cli.render.progress;

import dev.jcompose.core.reconcile.ProgressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The state of an operation and how it looks at one moment: a header that counts what is done, and
 * one line for each thing that is worked on. Knows no clock and no terminal.
 */
final class TtyFrame {
  private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
  private static final String RESET = "\u001b[0m";
  private static final int SPARE_ROWS = 2;

  private enum State {
    WORKING("34"),
    DONE("32"),
    WARNED("33"),
    FAILED("31");

    private final String colour;

    State(String colour) {
      this.colour = colour;
    }

    boolean isOver() {
      return this != WORKING;
    }
  }

  /** Times are nanoseconds of the caller's clock. */
  private record Line(State state, String text, long began, long ended) {}

  private final String operation;
  private final boolean colours;
  private final Map<String, Line> lines = new LinkedHashMap<>();

  TtyFrame(String operation, boolean colours) {
    this.operation = operation;
    this.colours = colours;
  }

  void take(ProgressEvent event, long now) {
    Line before = lines.get(event.id());
    long began = before == null || before.state().isOver() ? now : before.began();
    lines.put(
        event.id(),
        switch (event) {
          case ProgressEvent.Working working -> new Line(State.WORKING, working.text(), began, now);
          case ProgressEvent.Done done ->
              new Line(State.DONE, done.text(), now - done.took().toNanos(), now);
          case ProgressEvent.Warned warned -> new Line(State.WARNED, warned.text(), began, now);
          // The command ends with the sentence.
          case ProgressEvent.Failed failed -> new Line(State.FAILED, "Error", began, now);
        });
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * The lines to show, none wider than {@code columns} and together at most {@code rows}. When
   * there are too many, finished ones are left out first.
   */
  List<String> draw(long now, int columns, int rows) {
    long over = lines.values().stream().filter(line -> line.state().isOver()).count();
    List<String> drawn = new ArrayList<>();
    drawn.add(clip("[+] " + operation + " " + over + "/" + lines.size(), columns));
    int idWidth = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    int textWidth = lines.values().stream().mapToInt(line -> line.text().length()).max().orElse(0);
    int room = Math.max(1, rows - SPARE_ROWS);
    long toLeaveOut = Math.max(0, lines.size() - room);
    long left = 0;
    for (Map.Entry<String, Line> entry : lines.entrySet()) {
      Line line = entry.getValue();
      if (left < toLeaveOut && line.state() == State.DONE) {
        left++;
        continue;
      }
      if (drawn.size() > room) {
        break;
      }
      drawn.add(draw(entry.getKey(), line, now, columns, idWidth, textWidth));
    }
    return drawn;
  }

  private String draw(String id, Line line, long now, int columns, int idWidth, int textWidth) {
    String mark =
        switch (line.state()) {
          case WORKING -> {
            int step = (int) (Math.max(0, now) / 100_000_000L % SPINNER.length());
            yield SPINNER.substring(step, step + 1);
          }
          case DONE -> "✔";
          case WARNED -> "!";
          case FAILED -> "✘";
        };
    long nanos = (line.state().isOver() ? line.ended() : now) - line.began();
    String seconds = seconds(Duration.ofNanos(Math.max(0, nanos)));
    String padded = id + " ".repeat(idWidth - id.length());
    String text = line.text() + " ".repeat(Math.max(0, textWidth - line.text().length()));
    String plain = " " + mark + " " + padded + "  " + text + "  " + seconds;
    String clipped = clip(plain, columns);
    return colours && clipped.length() > 2
        ? clipped.substring(0, 1)
            + "\u001b["
            + line.state().colour
            + "m"
            + mark
            + RESET
            + clipped.substring(2)
        : clipped;
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1000.0);
  }

  private static String clip(String line, int columns) {
    return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
  }
}
