package dev.jcompose.cli.command.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final List<List<String>> asked = new ArrayList<>();
  private final Candidates candidates =
      new Candidates(
          rootWords -> {
            asked.add(List.copyOf(rootWords));
            return new Candidates.Names(List.of("db", "web"), List.of("tools"));
          });

  @Test
  void verbsOptionsAndServicesByWhatIsTyped() {
    assertThat(of("unp")).containsExactly("unpause");
    assertThat(of("up", "--rem")).containsExactly("--remove-orphans");
    assertThat(of("up", "-d", "w")).containsExactly("web");
    assertThat(of("up", "web", "")).containsExactly("db", "web");
    assertThat(of("logs", "--tail", "")).isEmpty();
    assertThat(of("up", "--scale", "")).containsExactly("db=", "web=");
    assertThat(of("up", "--scale", "web=")).isEmpty();
  }

  @Test
  void valuesOfOptionsAlsoBehindAnEqualsSign() {
    assertThat(of("--profile", "")).containsExactly("tools");
    assertThat(of("--profile=t")).containsExactly("--profile=tools");
    assertThat(of("-f", "")).containsExactly(":files");
    assertThat(of("--project-directory", "x")).containsExactly(":folders");
  }

  @Test
  void theProjectIsTheOneTheLineIsAbout() {
    of("-f", "other.yaml", "-p", "demo", "stop", "");
    of("-f", "other.yaml", "--profile", "");
    assertThat(asked)
        .containsExactly(List.of("-f", "other.yaml", "-p", "demo"), List.of("-f", "other.yaml"));
  }

  @Test
  void groupsHaveVerbsOfTheirOwn() {
    assertThat(of("engine", "sta")).containsExactly("start", "status");
    assertThat(of("image", "load", "--in")).containsExactly("--input");
    assertThat(of("image", "load", "--input", "")).containsExactly(":files");
  }

  @Test
  void whatRunsInAContainerIsNotGuessed() {
    assertThat(of("exec", "db", "l")).containsExactly(":files");
    assertThat(of("nothing", "")).isEmpty();
  }

  private List<String> of(String... words) {
    return candidates.of(List.of(words)).stream().map(Candidates.Candidate::word).toList();
  }
}
