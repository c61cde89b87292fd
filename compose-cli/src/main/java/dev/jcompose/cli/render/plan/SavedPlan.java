package dev.jcompose.cli.render.plan;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.PlanJson;
import dev.jcompose.core.render.JsonPrinter;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan in a file, with the project and the words that led to it, so that it can be looked at
 * first and carried out later. It does not say how to make things: when it is carried out the plan
 * is made again, and has to be the same.
 */
public final class SavedPlan {
  private final Path file;
  private final JsonObject content;

  private SavedPlan(Path file, JsonObject content) {
    this.file = file;
    this.content = content;
  }

  /**
   * A plan as it is written down: as {@link PlanJson}, with {@code project} and {@code arguments}.
   *
   * @param words options and operands of {@code up} that the plan is for
   */
  public static String text(String project, List<String> words, Plan plan) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("project", project);
    tree.put("arguments", words);
    tree.putAll(PlanJson.tree(plan));
    return JsonPrinter.pretty(tree) + "\n";
  }

  /** Reads a file that {@code plan --output} has written. */
  public static SavedPlan read(Path file) {
    try {
      JsonObject content = Json.object(Files.readString(file));
      if (content.names().containsAll(List.of("project", "arguments", "steps"))) {
        return new SavedPlan(file, content);
      }
    } catch (IOException e) {
      throw new UserError(
          ExitCode.FAILURE,
          file + " cannot be read; write a plan with jcompose plan --output " + file,
          e);
    } catch (RuntimeException e) {
      throw new UserError(ExitCode.FAILURE, isNone(file), e);
    }
    throw new UserError(ExitCode.FAILURE, isNone(file));
  }

  private static String isNone(Path file) {
    return file + " is no plan; write one with jcompose plan --output " + file;
  }

  /** The options and operands of {@code up} it is for. */
  public List<String> words() {
    return content.strings("arguments");
  }

  /**
   * Makes sure that it is still what would be done.
   *
   * @param now the plan as it is made now
   */
  public void check(String project, Plan now) {
    if (!content.string("project").equals(project)) {
      throw new UserError(
          ExitCode.FAILURE,
          "the plan in %s is for project %s, this is %s; name the project with -p or plan again"
              .formatted(file, content.string("project"), project));
    }
    if (!content.objects("steps").equals(Json.object(PlanJson.of(now)).objects("steps"))) {
      throw new UserError(
          ExitCode.FAILURE,
          "the plan in %s is out of date and nothing was done; see what has changed with jcompose plan"
              .formatted(file));
    }
  }
}
