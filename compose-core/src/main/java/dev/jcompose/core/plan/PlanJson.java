package dev.jcompose.core.plan;

import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.render.JsonPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan for programs: {@code {"steps": [{"step": 1, "action": "CreateNetwork", "text": "create
 * network demo_default", "cause": "it does not exist", "needs": [{"step": 1, "required": true}]}],
 * "warnings": []}}.
 */
public final class PlanJson {
  private PlanJson() {}

  /** The plan as indented JSON, with a line feed at its end. */
  public static String of(Plan plan) {
    return JsonPrinter.pretty(tree(plan)) + "\n";
  }

  /** The plan as maps and lists. */
  public static Map<String, Object> tree(Plan plan) {
    List<Map<String, Object>> steps = new ArrayList<>(plan.steps().size());
    for (Step step : plan.steps()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("step", step.number());
      entry.put("action", step.action().getClass().getSimpleName());
      if (step.action() instanceof Action.OnContainer on) {
        entry.put("container", on.container().name());
      }
      entry.put("text", step.action().text());
      String hash = configHash(step.action());
      if (hash != null) {
        entry.put("configHash", hash);
      }
      entry.put("cause", step.cause());
      List<Map<String, Object>> needs = new ArrayList<>(step.needs().size());
      for (Step.Need need : step.needs()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("step", need.step());
        one.put("required", need.required());
        needs.add(one);
      }
      entry.put("needs", needs);
      steps.add(entry);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("steps", steps);
    tree.put("warnings", plan.warnings());
    return tree;
  }

  /** What tells two things of one name apart that are made from different settings. */
  private static @Nullable String configHash(Action action) {
    return switch (action) {
      case Action.CreateContainer create -> create.spec().labels().get(Labels.CONFIG_HASH);
      case Action.CreateNetwork create -> create.spec().labels().get(Labels.CONFIG_HASH);
      case Action.CreateVolume create -> create.spec().labels().get(Labels.CONFIG_HASH);
      default -> null;
    };
  }
}
