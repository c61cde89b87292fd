package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellLineTest {
  @Test
  void wordsEndWhereTheShellEndsThem() {
    assertThat(
            arguments("A=1 jcompose up -d web 2>err && jcompose ps >out; echo jc | jcompose ls &"))
        .containsExactly(List.of("up", "-d", "web"), List.of("ps"), List.of("ls"));
  }

  @Test
  void quotesKeepWordsTogether() {
    assertThat(arguments("jcompose exec web sh -c 'echo \"a b\"; exit 3' \"$X y\" c\\ d"))
        .containsExactly(List.of("exec", "web", "sh", "-c", "echo \"a b\"; exit 3", "$X y", "c d"));
  }

  @Test
  void whatIsRunInsideOfWordsIsFoundToo() {
    assertThat(arguments("[ \"$(jcompose ps -q)\" ] && script -qec 'jcompose run web sh' log"))
        .containsExactly(List.of("ps", "-q"), List.of("run", "web", "sh"));
  }

  private static List<List<String>> arguments(String line) {
    return ShellLine.argumentsOf("jcompose", line);
  }
}
