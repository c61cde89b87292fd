package dev.jcompose.core.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.core.config.ConfigReport;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same generated projects through {@code docker compose config}, where there is one. {@code
 * -Ddifferential.files=N} chooses how many, {@code -Ddifferential.seed=N} which, {@code
 * -Ddocker.compose=PATH} the program. Differences are made small and reported together; those that
 * stay are listed with their reason in {@code differential/differences.txt}.
 */
class DifferentialTest {
  /** Enough to read in one go. */
  private static final int MOST_DIFFERENCES = Integer.getInteger("differential.most", 10);

  private static final int MOST_TRIES = 4;

  // docker compose walks its services in parallel, so the order of these is not the same twice.
  private static final Set<String> NAMES =
      Set.of("--services", "--images", "--volumes", "--profiles");

  @TempDir Path temporary = Path.of("");

  private final @Nullable DockerCompose docker = DockerCompose.find();
  private final Map<String, Integer> explained = new TreeMap<>();
  private int bothLoad;
  private int bothRefuse;

  /** What one of the two did with a project: text, or a message when it refuses. */
  private record Result(@Nullable String text, String message) {}

  @Test
  void printsTheSameModelAsDockerCompose() throws Exception {
    DockerCompose theirs = docker;
    assumeTrue(theirs != null, "SKIPPED: there is no docker compose 2 or later to compare with");
    if (theirs == null) {
      return;
    }
    KnownDifferences known = new KnownDifferences(theirs);
    Set<String> without = known.attributes(KnownDifferences.Kind.UNKNOWN);
    Set<String> unhashed = known.attributes(KnownDifferences.Kind.HASHED);
    int files = Integer.getInteger("differential.files", 50);
    long seed = Long.getLong("differential.seed", 1L);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < files && differences.size() < MOST_DIFFERENCES; i++) {
      GeneratedProject project = ProjectGenerator.generate(seed + i, without, unhashed);
      if (difference(project, theirs, known, true) != null) {
        GeneratedProject small =
            new GeneratedProject(
                Shrinker.shrink(
                    project.tree(),
                    tree -> difference(new GeneratedProject(tree), theirs, known, false) != null));
        differences.add(
            "seed %d: %s%s".formatted(seed + i, small, difference(small, theirs, known, false)));
      }
    }
    System.out.printf(
        "%s, seeds %d to %d: %d loaded alike, %d refused alike, listed differences %s%n",
        theirs, seed, seed + files - 1, bothLoad, bothRefuse, explained);
    if (!differences.isEmpty()) {
      fail(String.join("\n", differences));
    }
    assertThat(bothLoad).as("projects both load").isGreaterThan(files / 2);
  }

  /** What is different, null when nothing is or a listed difference explains it. */
  private @Nullable String difference(
      GeneratedProject project, DockerCompose docker, KnownDifferences known, boolean counts) {
    Path folder = temporary.resolve("generated");
    try {
      deleteTree(folder);
      project.write(folder);
      Result ours = ours(project, folder);
      String difference = null;
      // Where docker compose follows a Go map, it does not always do the same.
      for (int i = 0; i < MOST_TRIES; i++) {
        difference = compare(project, ours, theirs(project, folder, docker), known, counts);
        if (difference == null) {
          return null;
        }
      }
      return difference;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result theirs(GeneratedProject project, Path folder, DockerCompose docker)
      throws IOException {
    DockerCompose.Answer answer =
        docker.run(folder, project.commandLine(), GeneratedProject.ENVIRONMENT);
    return answer.status() == 0
        ? new Result(inOrder(answer.out(), project.flags()), answer.err())
        : new Result(null, message(project, answer.err()));
  }

  /** The flags on a line of their own, then the error without the warnings before it. */
  private static String message(GeneratedProject project, String err) {
    return err.lines()
        .filter(line -> !line.startsWith("time="))
        .limit(5)
        .collect(Collectors.joining("\n", command(project) + "\n", "\n"));
  }

  private static String command(GeneratedProject project) {
    return "config " + String.join(" ", project.flags());
  }

  private @Nullable String compare(
      GeneratedProject project,
      Result ours,
      Result theirs,
      KnownDifferences known,
      boolean counts) {
    String our = ours.text();
    String their = theirs.text();
    if (our == null && their == null) {
      bothRefuse += counts ? 1 : 0;
      if (counts && Boolean.getBoolean("differential.refusals")) {
        System.out.println(
            "refused: "
                + ours.message()
                + "\n      by docker compose: "
                + theirs.message().strip());
      }
      return null;
    }
    if (our == null || their == null) {
      KnownDifferences.Rule rule =
          our == null
              ? known.of(KnownDifferences.Kind.ACCEPTED, ours.message())
              : known.of(KnownDifferences.Kind.REFUSED, theirs.message());
      if (rule != null) {
        count(rule, counts);
        return null;
      }
      return our == null
          ? "only jcompose refuses it: " + ours.message()
          : "only docker compose refuses it: " + theirs.message();
    }
    // Where docker compose leaves out the last line feed, a terminal would not like it.
    if (our.stripTrailing().equals(their.stripTrailing())) {
      bothLoad += counts ? 1 : 0;
      return null;
    }
    String lines = lines(our, their);
    List<KnownDifferences.Rule> rules = known.ofLines(command(project), lines);
    if (!rules.isEmpty()) {
      rules.forEach(rule -> count(rule, counts));
      return null;
    }
    return "- docker compose, + jcompose:\n" + lines;
  }

  /** Names come from docker compose in the order of a Go map, which is none. */
  private static String inOrder(String text, List<String> flags) {
    boolean names = !flags.isEmpty() && NAMES.contains(flags.getFirst());
    return names
        ? text.lines().sorted().map(line -> line + "\n").collect(Collectors.joining())
        : text;
  }

  private void count(KnownDifferences.Rule rule, boolean counts) {
    if (counts) {
      explained.merge(rule.text(), 1, Integer::sum);
    }
  }

  /** The lines that only one of two texts has; order is not looked at until they have the same. */
  private static String lines(String ours, String theirs) {
    List<String> mine = new ArrayList<>(ours.lines().map(DifferentialTest::bare).toList());
    List<String> other = new ArrayList<>(theirs.lines().map(DifferentialTest::bare).toList());
    for (String line : List.copyOf(mine)) {
      if (other.remove(line)) {
        mine.remove(line);
      }
    }
    if (mine.isEmpty() && other.isEmpty()) {
      return "the order of\n" + theirs + "\n" + ours;
    }
    StringBuilder text = new StringBuilder();
    other.forEach(line -> text.append("- ").append(line).append('\n'));
    mine.forEach(line -> text.append("+ ").append(line).append('\n'));
    return text.toString();
  }

  /** A comma says only that another line follows. */
  private static String bare(String line) {
    return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
  }

  private static Result ours(GeneratedProject project, Path folder) {
    try {
      LoadedProject loaded = ProjectLoader.load(project.request(folder));
      ConfigReport report = new ConfigReport(loaded);
      List<String> flags = project.flags();
      String flag = flags.isEmpty() ? "" : flags.getFirst();
      return new Result(
          switch (flag) {
            case "--hash" -> joined(report.hashes("*"));
            case "--services" -> joined(report.services());
            case "--volumes" -> joined(report.volumes());
            case "--images" -> joined(report.images());
            case "--profiles" -> joined(report.profiles());
            default ->
                report.model(
                    flags.contains("json") ? ConfigOutput.Format.JSON : ConfigOutput.Format.YAML);
          },
          "");
    } catch (ComposeException e) {
      return new Result(null, String.valueOf(e.getMessage()));
    }
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static void deleteTree(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(tree);
  }
}
