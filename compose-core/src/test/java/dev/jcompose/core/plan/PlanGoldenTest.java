package dev.jcompose.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One folder for each rule of planning: {@code compose.yaml}, what exists already ({@code
 * observed.txt}), the command ({@code command.txt}, else "up"; "rollback" has a {@code before.txt})
 * and the plan that must come out. Run with {@code -Dgolden.rewrite=true} to have the plans written
 * anew, then read the difference.
 */
class PlanGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/plans");
  private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

  @TestFactory
  Stream<DynamicTest> plans() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> entries = Files.list(CASES)) {
      entries.filter(Files::isDirectory).sorted().forEach(folders::add);
    }
    assertThat(folders).isNotEmpty();
    return folders.stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString().replace('-', ' '), () -> check(folder)));
  }

  private static void check(Path folder) throws IOException {
    String command = read(folder.resolve("command.txt"), "up").strip();
    String plan;
    try {
      plan = plan(folder, command);
    } catch (ComposeException refused) {
      plan = "refused: " + refused.getMessage() + "\n";
    }
    Path expected = folder.resolve("plan.txt");
    if (REWRITE) {
      Files.writeString(expected, plan);
    }
    assertThat(plan).isEqualTo(read(expected, "nothing: run with -Dgolden.rewrite=true"));
  }

  private static String plan(Path folder, String command) throws ComposeException, IOException {
    String yaml = Files.readString(folder.resolve("compose.yaml"));
    DesiredState desired =
        DesiredState.of(
            ProjectLoader.load(LoadRequest.ofText(Path.of("/src/demo"), yaml)).project(),
            command.contains("--compatibility") ? "_" : "-");
    ObservedState observed = ObservedText.parse(read(folder.resolve("observed.txt"), ""), desired);
    Words words = new Words(command);
    @Nullable DesiredState known = words.has("--no-file") ? null : desired;
    Plan plan =
        switch (words.verb) {
          case "up" -> UpPlanner.plan(desired, observed, words.up());
          case "rollback" -> {
            String before = Files.readString(folder.resolve("before.txt"));
            yield RollbackPlanner.plan(desired, ObservedText.parse(before, desired), observed);
          }
          case "down" -> DownPlanner.plan(observed, known, words.down());
          case "start" -> words.lifecycle(observed, known).start();
          case "stop" -> words.lifecycle(observed, known).stop();
          case "restart" -> words.lifecycle(observed, known).restart();
          case "kill" -> words.lifecycle(observed, known).kill(words.has("--remove-orphans"));
          case "rm" -> words.lifecycle(observed, known).remove(words.has("--stop"));
          default -> throw new IllegalArgumentException(command);
        };
    return plan.isEmpty() && plan.warnings().isEmpty() ? "nothing to do\n" : plan.text();
  }

  private static String read(Path file, String fallback) throws IOException {
    return Files.exists(file) ? Files.readString(file) : fallback;
  }

  /** A command line: a verb, flags that start with a dash, and services. */
  private static final class Words {
    final String verb;
    final Set<String> flags = new HashSet<>();
    final Set<String> services = new HashSet<>();
    final Map<String, Integer> scale = new HashMap<>();
    @Nullable Duration timeout;

    Words(String command) {
      String[] words = command.split("\\s+", -1);
      verb = words[0];
      for (int i = 1; i < words.length; i++) {
        if (words[i].equals("--scale")) {
          String[] parts = words[++i].split("=", 2);
          scale.put(parts[0], Integer.parseInt(parts[1]));
        } else if (words[i].equals("--timeout")) {
          timeout = Duration.ofSeconds(Long.parseLong(words[++i]));
        } else {
          (words[i].startsWith("-") ? flags : services).add(words[i]);
        }
      }
    }

    boolean has(String flag) {
      return flags.contains(flag);
    }

    UpOptions up() {
      UpOptions.Recreate recreate =
          has("--force-recreate")
              ? UpOptions.Recreate.ALWAYS
              : has("--no-recreate") ? UpOptions.Recreate.NEVER : UpOptions.Recreate.DIVERGED;
      return new UpOptions(
          services,
          recreate,
          has("--always-recreate-deps")
              ? UpOptions.Recreate.ALWAYS
              : has("--no-recreate") ? UpOptions.Recreate.NEVER : UpOptions.Recreate.DIVERGED,
          !has("--no-deps"),
          !has("--no-start"),
          has("--remove-orphans"),
          has("--ignore-orphans"),
          has("--renew-anon-volumes"),
          timeout,
          has("--wait"),
          scale,
          Set.of());
    }

    DownOptions down() {
      return new DownOptions(
          services,
          has("--remove-orphans"),
          has("--volumes"),
          has("--rmi-all") ? DownOptions.Images.ALL : DownOptions.Images.NONE,
          timeout);
    }

    LifecyclePlanner lifecycle(ObservedState observed, @Nullable DesiredState desired) {
      return new LifecyclePlanner(
          observed,
          desired,
          new LifecycleOptions(services, !has("--no-deps"), timeout, has("--volumes"), "SIGKILL"));
    }
  }
}
