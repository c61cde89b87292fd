package dev.jcompose.cli.command.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.command.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManualPageTest {
  private static final Set<String> REQUESTS =
      Set.of(".TH", ".nh", ".SH", ".TP", ".B", ".BR", ".br");

  private final List<ManualPage> pages = ManualPage.all("1.2");

  @Test
  void everyVerbHasOne() {
    assertThat(pages)
        .extracting(ManualPage::name)
        .contains("jcompose", "jcompose-image-ls", "jcompose-completion-bash")
        .containsAll(
            Arrays.stream(Verb.values())
                .filter(Verb::isThere)
                .map(verb -> "jcompose-" + verb.word())
                .toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void noLineIsTakenForARequestByMistake() {
    for (ManualPage page : pages) {
      assertThat(page.text()).startsWith(".TH JCOMPOSE").contains("\"jcompose 1.2\"");
      page.text()
          .lines()
          .filter(line -> line.startsWith(".") || line.startsWith("'"))
          .forEach(
              line ->
                  assertThat(REQUESTS)
                      .as(page.name() + ": " + line)
                      .contains(line.split(" ", 2)[0]));
    }
  }

  @Test
  void tellsOptionsAndOperandsAsHelpDoes() {
    assertThat(pages)
        .filteredOn(page -> page.name().equals("jcompose-scale"))
        .singleElement()
        .extracting(ManualPage::text)
        .asString()
        .contains(".B jcompose scale\n[OPTIONS] SERVICE=N...\n")
        .contains(".TP\n\\fISERVICE=N\\fR\n")
        .contains(".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nShow this help.\n");
  }
}
