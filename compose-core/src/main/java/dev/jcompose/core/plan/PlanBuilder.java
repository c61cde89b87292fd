package dev.jcompose.core.plan;

import dev.jcompose.core.graph.NeedGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects steps in any order, then numbers them so that needs come first. */
final class PlanBuilder {

  /** A step under construction; compared by identity. */
  static final class Draft {
    private final Action action;
    private final String cause;
    private final Map<Draft, Boolean> needs = new LinkedHashMap<>();

    /** The first of the chain that this step ends; what the chain waits for is said to it. */
    private Draft entry = this;

    private Draft(Action action, String cause) {
      this.action = action;
      this.cause = cause;
    }

    Action action() {
      return action;
    }

    /** Says that another step must succeed first; null means nothing to wait for. */
    Draft after(@Nullable Draft other) {
      return after(other, true);
    }

    /** Says that another step must end first, and succeed if {@code required}. */
    Draft after(@Nullable Draft other, boolean required) {
      if (other != null && other != this) {
        entry.needs.merge(other, required, Boolean::logicalOr);
      }
      return this;
    }

    Draft after(Iterable<Draft> others) {
      others.forEach(this::after);
      return this;
    }
  }

  private final List<Draft> drafts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Draft add(Action action, String cause) {
    Draft draft = new Draft(action, cause);
    drafts.add(draft);
    return draft;
  }

  /**
   * Puts one step right behind another, so that both count as one: whoever waits for it waits for
   * the second, and whatever it waits for holds the first back.
   *
   * @param required whether the first must succeed for the second to be done
   */
  Draft chain(Draft first, Draft second, boolean required) {
    second.needs.put(first, required);
    second.entry = first.entry;
    return second;
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  Plan build() {
    if (drafts.isEmpty()) {
      return new Plan(List.of(), warnings);
    }
    NeedGraph<Draft> graph = new NeedGraph<>();
    drafts.forEach(graph::add);
    for (Draft draft : drafts) {
      draft.needs.keySet().forEach(needed -> graph.need(draft, needed));
    }
    Map<Draft, Integer> numbers = new HashMap<>();
    List<Step> steps = new ArrayList<>(drafts.size());
    for (Draft draft : graph.order()) {
      int number = steps.size() + 1;
      numbers.put(draft, number);
      List<Step.Need> needs = new ArrayList<>(draft.needs.size());
      draft.needs.forEach(
          (needed, required) ->
              needs.add(new Step.Need(numbers.getOrDefault(needed, 0), required)));
      needs.sort((a, b) -> Integer.compare(a.step(), b.step()));
      steps.add(new Step(number, draft.action, draft.cause, needs));
    }
    return new Plan(steps, warnings);
  }
}
