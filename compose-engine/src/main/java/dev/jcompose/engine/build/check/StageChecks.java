package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Command;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of stages, what a stage has twice, and comments that should describe. */
final class StageChecks {
  private static final List<String> RESERVED = List.of("scratch", "context");

  private StageChecks() {}

  static void run(Dockerfile file, Findings findings) {
    Set<String> names = new HashSet<>();
    for (Stage stage : file.stages()) {
      Instruction.From from = stage.from();
      String name = stage.name();
      if (!name.isEmpty() && !names.add(name)) {
        findings.add(
            Rule.DUPLICATE_STAGE_NAME,
            from.origin(),
            "",
            "another stage is called \"" + name + "\" too, and this one hides it from here on");
      }
      if (RESERVED.contains(name)) {
        findings.add(
            Rule.RESERVED_STAGE_NAME,
            from.origin(),
            "",
            "a stage should not be called \"" + name + "\", which means something else");
      }
      described(findings, from.origin(), name, "stage");
      once(stage, findings);
    }
    file.emptyContinuations()
        .forEach(
            range ->
                findings.add(
                    Rule.NO_EMPTY_CONTINUATION,
                    range,
                    "there is an empty line within the instruction; remove it"));
    file.globalArguments().forEach(argument -> arguments(findings, argument));
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        if (instruction instanceof Instruction.Arg argument) {
          arguments(findings, argument);
        }
      }
    }
  }

  private static void arguments(Findings findings, Instruction.Arg argument) {
    if (argument.declarations().size() == 1) {
      described(
          findings, argument.origin(), argument.declarations().getFirst().name(), "build argument");
    }
  }

  private static void described(Findings findings, Origin origin, String name, String what) {
    boolean comments = origin.comments().stream().anyMatch(text -> !text.startsWith("check="));
    if (comments && !name.isEmpty() && origin.description(name).isEmpty()) {
      findings.add(
          Rule.INVALID_DEFINITION_DESCRIPTION,
          origin,
          "",
          "the comment above does not describe the %s: write \"# %s <description>\", or leave an empty line"
              .formatted(what, name));
    }
  }

  private static void once(Stage stage, Findings findings) {
    Map<String, Instruction> last = new HashMap<>();
    for (Instruction instruction : stage.instructions()) {
      switch (instruction) {
        case Instruction.Cmd _, Instruction.Entrypoint _, Instruction.Healthcheck _ -> {
          Instruction earlier = last.put(instruction.keyword(), instruction);
          if (earlier != null) {
            findings.add(
                Rule.MULTIPLE_INSTRUCTIONS_DISALLOWED,
                earlier.origin(),
                "",
                "a later %s of the stage replaces this one; keep only the last"
                    .formatted(instruction.keyword()));
          }
        }
        default -> {}
      }
    }
  }

  /** Whether a command is a text for a shell. */
  static boolean isShellForm(Command command) {
    return command instanceof Command.Shell;
  }
}
