package dev.jcompose.engine.build.stage;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.mount.MountParser;
import dev.jcompose.engine.build.source.BuildProblems;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at what {@code COPY --from} and {@code RUN --mount from=} name: only stages above can be
 * used, so a stage that refers to itself or to a later one would wait for itself.
 */
public final class StageReferences {
  private final Dockerfile file;
  private final Set<String> contexts;
  private final BuildProblems problems;

  private StageReferences(Dockerfile file, Set<String> contexts) {
    this.file = file;
    this.contexts = contexts;
    this.problems = new BuildProblems(file.source());
  }

  /**
   * Looks at a whole file.
   *
   * @param contexts names of further contexts, which hide stages
   * @throws DockerfileException with every reference that leads nowhere
   */
  public static void check(Dockerfile file, Set<String> contexts) {
    StageReferences references = new StageReferences(file, contexts);
    for (Stage stage : file.stages()) {
      stage.instructions().forEach(instruction -> references.check(stage, instruction));
    }
    references.problems.throwIfAny();
  }

  private void check(Stage stage, Instruction instruction) {
    switch (instruction) {
      case Instruction.Copy copy -> check(stage, copy.from(), "--from=", copy.origin());
      case Instruction.Run run -> {
        for (String mount : run.mounts()) {
          check(stage, from(mount), "from=", run.origin());
        }
      }
      case Instruction.From _,
          Instruction.Add _,
          Instruction.Env _,
          Instruction.Label _,
          Instruction.Arg _,
          Instruction.Expose _,
          Instruction.Volume _,
          Instruction.User _,
          Instruction.Workdir _,
          Instruction.Cmd _,
          Instruction.Entrypoint _,
          Instruction.Healthcheck _,
          Instruction.Shell _,
          Instruction.StopSignal _,
          Instruction.OnBuild _,
          Instruction.Maintainer _ -> {}
    }
  }

  private static String from(String mount) {
    try {
      return MountParser.from(mount);
    } catch (SyntaxException e) {
      // Told when its variables are known.
      return "";
    }
  }

  private void check(Stage stage, String from, String flag, Origin origin) {
    String name = from.toLowerCase(Locale.ROOT);
    if (from.isEmpty() || contexts.contains(from)) {
      return;
    }
    List<Stage> above = file.stages().subList(0, stage.index());
    if (above.stream().anyMatch(each -> each.name().equals(name))) {
      return;
    }
    if (stage.name().equals(name)) {
      problems.addAt(
          origin.range(),
          flag + from,
          "stage " + from + " cannot take files from itself",
          "name a stage above it");
    } else if (file.stages().stream().anyMatch(each -> each.name().equals(name))) {
      problems.addAt(
          origin.range(),
          flag + from,
          "stage " + from + " is below this one",
          "move it above stage " + stage.title());
    } else if (isNumber(from) && Integer.parseInt(from) >= stage.index()) {
      problems.addAt(
          origin.range(),
          flag + from,
          "there is no stage " + from + " above this one",
          switch (above.size()) {
            case 0 -> "name an image, or a stage above";
            case 1 -> "stage 0 is the only one above";
            default -> "the stages above are 0 to " + (stage.index() - 1);
          });
    }
  }

  private static boolean isNumber(String text) {
    return text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
