package dev.jcompose.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.render.ConfigOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Broken input gives sentences, never a stack trace, never a hang. {@code -Dfuzz.rounds=N} and
 * {@code -Dfuzz.seed=N} choose how much and what.
 */
class MutationTest {
  private static final Path FOLDER = Path.of("/nowhere/project");
  private static final String SPICE = "{}[]:,&*!|>'\"%@`#-?~$\\\n\t \0<0123456789abcxX=/\u00e9";

  private final long seed = Long.getLong("fuzz.seed", 20260101L);
  private final Random random = new Random(seed);

  @Test
  void mutatedFilesGiveSentences() throws IOException {
    List<String> seeds = seeds();
    int rounds = Integer.getInteger("fuzz.rounds", 4000);
    for (int i = 0; i < rounds; i++) {
      String text = mutate(seeds.get(random.nextInt(seeds.size())));
      long start = System.nanoTime();
      assertThatCode(() -> load(text))
          .as("seed %d, round %d, file:%n%s", seed, i, text)
          .doesNotThrowAnyException();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("seed %d, round %d, file:%n%s", seed, i, text)
          .isLessThan(Duration.ofSeconds(5));
    }
  }

  private static void load(String text) {
    try {
      LoadedProject loaded = ProjectLoader.load(LoadRequest.ofText(FOLDER, text));
      for (ConfigOutput.Format format : ConfigOutput.Format.values()) {
        String printed = ConfigOutput.print(loaded.model(), format, true);
        assertThat(printed).isNotEmpty();
      }
      loaded.project().services().values().forEach(service -> service.configHash().hex());
    } catch (ComposeException e) {
      assertThat(e.problems()).isNotEmpty();
      for (Problem problem : e.problems()) {
        assertThat(problem.text()).isNotBlank();
        assertThat(problem.nextMove()).isNotBlank();
      }
    }
  }

  /** The cases of the golden files, long and short. */
  private static List<String> seeds() throws IOException {
    List<String> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        String all = Files.readString(file);
        boolean wrapped = all.startsWith("#! service");
        for (String part : all.split("(?m)^=== .*$", -1)) {
          String body = part.split("(?m)^(>>>|--- ).*$", -1)[0].strip();
          if (!body.isEmpty() && !body.startsWith("#!")) {
            seeds.add(wrapped ? "services:\n  web:\n    image: x\n" + body.indent(4) : body);
          }
        }
      }
    }
    return seeds;
  }

  private String mutate(String text) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !mutated.isEmpty(); i++) {
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(7)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, spice());
        case 2 -> mutated.setCharAt(at, spice());
        case 3 -> mutated.insert(at, mutated.substring(at, end(mutated, at)));
        case 4 -> mutated.delete(at, end(mutated, at));
        case 5 -> mutated.setCharAt(at, (char) (mutated.charAt(at) ^ (1 << random.nextInt(7))));
        default -> moveLine(mutated);
      }
    }
    // Through bytes, so that broken encodings are met too.
    byte[] bytes = mutated.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(8) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private char spice() {
    return SPICE.charAt(random.nextInt(SPICE.length()));
  }

  private int end(StringBuilder text, int start) {
    return Math.min(text.length(), start + 1 + random.nextInt(12));
  }

  private void moveLine(StringBuilder text) {
    List<String> lines = new ArrayList<>(text.toString().lines().toList());
    if (lines.size() > 1) {
      lines.add(random.nextInt(lines.size()), lines.remove(random.nextInt(lines.size())));
      text.setLength(0);
      text.append(String.join("\n", lines));
    }
  }
}
