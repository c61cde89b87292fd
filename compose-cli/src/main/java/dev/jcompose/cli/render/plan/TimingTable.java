package dev.jcompose.cli.render.plan;

import dev.jcompose.cli.render.table.Table;
import dev.jcompose.core.reconcile.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Where the time of an operation went: a line for each step, in the order they began. */
public final class TimingTable {
  private static final int WIDTH = 40;

  private TimingTable() {}

  /** The table, with a bar for each step on one scale; empty when nothing was done. */
  public static String of(List<Outcome.Timing> timings) {
    if (timings.isEmpty()) {
      return "";
    }
    long end = timings.stream().mapToLong(t -> t.began().plus(t.took()).toNanos()).max().orElse(1);
    Table table = new Table("BEGAN", "TOOK", "STEP", "");
    timings.stream()
        .sorted(Comparator.comparing(Outcome.Timing::began))
        .forEach(
            timing ->
                table.row(
                    milliseconds(timing.began()),
                    milliseconds(timing.took()),
                    timing.step(),
                    bar(timing, Math.max(end, 1))));
    return table + "in all " + milliseconds(Duration.ofNanos(end)) + "\n";
  }

  private static String bar(Outcome.Timing timing, long end) {
    int from = (int) (timing.began().toNanos() * WIDTH / end);
    int to = (int) (timing.began().plus(timing.took()).toNanos() * WIDTH / end);
    return " ".repeat(from) + "=".repeat(Math.max(to - from, 1));
  }

  private static String milliseconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1fms", duration.toNanos() / 1e6);
  }
}
