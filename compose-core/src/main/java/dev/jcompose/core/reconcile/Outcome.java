package dev.jcompose.core.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an operation ended.
 *
 * @param failures what went wrong, in the order it happened; what was given up because of that is
 *     not among them
 * @param warnings sentences for the user
 * @param cancelled whether it was told to stop before its end
 * @param started name to id of the containers it started or restarted
 * @param timings what each step took, in the order they ended
 */
public record Outcome(
    List<Failure> failures,
    List<String> warnings,
    boolean cancelled,
    Map<String, String> started,
    List<Timing> timings) {
  public Outcome {
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
    started = Map.copyOf(started);
    timings = List.copyOf(timings);
  }

  /** Of an operation that had nothing to do. */
  static final Outcome NOTHING = new Outcome(List.of(), List.of(), false, Map.of(), List.of());

  /**
   * This and what came after it as one.
   *
   * @param end when the second had ended, counted from the start of the first
   */
  Outcome then(Outcome second, Duration end) {
    if (timings.isEmpty() && failures.isEmpty() && warnings.isEmpty()) {
      return second;
    }
    Duration length =
        second.timings.stream()
            .map(timing -> timing.began().plus(timing.took()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    Duration offset = end.minus(length);
    List<Failure> allFailures = new ArrayList<>(failures);
    allFailures.addAll(second.failures);
    List<String> allWarnings = new ArrayList<>(warnings);
    allWarnings.addAll(second.warnings);
    Map<String, String> allStarted = new LinkedHashMap<>(started);
    allStarted.putAll(second.started);
    List<Timing> all = new ArrayList<>(timings);
    second.timings.forEach(
        timing -> all.add(new Timing(timing.step(), timing.began().plus(offset), timing.took())));
    return new Outcome(allFailures, allWarnings, cancelled || second.cancelled, allStarted, all);
  }

  public boolean ok() {
    return failures.isEmpty() && !cancelled;
  }

  /**
   * One thing that went wrong.
   *
   * @param id as in {@link ProgressEvent}
   * @param text one sentence: what failed, why, and what to do about it where we know
   */
  public record Failure(String id, String text) {}

  /**
   * How long a step took and when it began, both counted from the start of the operation.
   *
   * @param step as the plan has it: "create container demo-db-1"
   */
  public record Timing(String step, Duration began, Duration took) {}
}
