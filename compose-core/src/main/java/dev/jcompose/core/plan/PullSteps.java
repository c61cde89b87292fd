package dev.jcompose.core.plan;

import dev.jcompose.core.desired.ImageNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pulls that wait for nothing, each image once however many need it. */
public final class PullSteps {
  private final Map<String, Step> steps = new LinkedHashMap<>();

  /**
   * Pulls an image, unless that is planned already.
   *
   * @param cause why, as the plan says it
   */
  public void add(ImageNeed need, String cause) {
    steps.computeIfAbsent(
        need.reference(),
        reference ->
            new Step(
                steps.size() + 1,
                new Action.PullImage(reference, need.platform()),
                cause,
                List.of()));
  }

  /** All of them, in the order in which they were added. */
  public Plan plan() {
    return new Plan(List.copyOf(steps.values()), List.of());
  }
}
