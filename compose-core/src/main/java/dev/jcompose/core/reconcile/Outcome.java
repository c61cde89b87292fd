package dev.jcompose.core.reconcile;

import java.time.Duration;
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
