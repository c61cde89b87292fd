package dev.jcompose.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunTest {
  /** They print the plan of what they would do. */
  private static final List<String> TELL =
      List.of(
          "up", "plan", "apply", "down", "create", "start", "stop", "restart", "kill", "pause",
          "unpause", "rm", "scale", "run", "build", "pull", "push", "publish");

  /** They change nothing that an engine has; {@code wait} may take down, and then tells. */
  private static final List<String> LOOK =
      List.of(
          "ps",
          "logs",
          "top",
          "stats",
          "events",
          "images",
          "volumes",
          "port",
          "ls",
          "wait",
          "config",
          "graph",
          "alpha viz",
          "diff",
          "export",
          "image ls",
          "image inspect",
          "image history",
          "image df",
          "image save",
          "build export",
          "doctor",
          "engine status",
          "engine logs",
          "completion bash",
          "completion zsh",
          "completion fish",
          "completion words",
          "manual",
          "version");

  @Test
  void everyVerbThatNeitherLooksOnlyNorMakesAPlanRefusesADryRun() {
    List<String> accepting = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      verb.command().ifPresent(command -> add(accepting, verb.word(), command));
    }
    List<String> expected = new ArrayList<>(TELL);
    expected.addAll(LOOK);
    assertThat(accepting).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void add(List<String> accepting, String name, Command command) {
    if (!(command instanceof CommandGroup) && !command.refusesDryRun()) {
      accepting.add(name);
    }
    command
        .members()
        .forEach(member -> add(accepting, name + " " + member.word(), member.command().get()));
  }
}
