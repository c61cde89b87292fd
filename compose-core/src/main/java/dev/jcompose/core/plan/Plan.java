package dev.jcompose.core.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Engine calls and the order among them that matters.
 *
 * @param steps in an order in which they may be carried out one by one
 * @param warnings what the user should know, a sentence each
 */
public record Plan(List<Step> steps, List<String> warnings) {
  public static final Plan EMPTY = new Plan(List.of(), List.of());

  public Plan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Both, one after the other: nothing of the second begins before all of this has ended well. */
  public Plan then(Plan second) {
    if (steps.isEmpty()) {
      List<String> all = new ArrayList<>(warnings);
      all.addAll(second.warnings);
      return new Plan(second.steps, all);
    }
    int offset = steps.size();
    List<Step.Need> first = new ArrayList<>(offset);
    steps.forEach(step -> first.add(new Step.Need(step.number(), true)));
    List<Step> all = new ArrayList<>(steps);
    for (Step step : second.steps) {
      List<Step.Need> needs = new ArrayList<>();
      step.needs().forEach(need -> needs.add(new Step.Need(need.step() + offset, need.required())));
      all.add(
          new Step(
              step.number() + offset,
              step.action(),
              step.cause(),
              needs.isEmpty() ? first : needs));
    }
    List<String> told = new ArrayList<>(warnings);
    told.addAll(second.warnings);
    return new Plan(all, told);
  }

  /**
   * One line a step: {@code 3. start container demo-db-1 (after 2): it is new}. A step that may
   * fail without stopping this one has a {@code ?}. Warnings follow, each after {@code !}.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append(step.number()).append(". ").append(step.action().text());
      String separator = " (after ";
      for (Step.Need need : step.needs()) {
        text.append(separator).append(need.step()).append(need.required() ? "" : "?");
        separator = ", ";
      }
      text.append(step.needs().isEmpty() ? "" : ")");
      text.append(": ").append(step.cause()).append('\n');
    }
    for (String warning : warnings) {
      text.append("! ").append(warning).append('\n');
    }
    return text.toString();
  }
}
