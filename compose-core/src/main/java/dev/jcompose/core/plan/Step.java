package dev.jcompose.core.plan;

import java.util.List;

/**
 * One engine call of a plan.
 *
 * @param number its place in the plan, from 1; every step comes after those it needs
 * @param cause why it is done, in words that follow "because"
 */
public record Step(int number, Action action, String cause, List<Need> needs) {
  public Step {
    needs = List.copyOf(needs);
  }

  /**
   * A step that must end first.
   *
   * @param required whether it must also have succeeded
   */
  public record Need(int step, boolean required) {}
}
