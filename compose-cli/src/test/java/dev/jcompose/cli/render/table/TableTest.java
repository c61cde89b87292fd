package dev.jcompose.cli.render.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsColumnsThreeSpacesApartWithoutTrailingSpaces() {
    Table table = new Table("NAME", "PORTS").row("web", "80/tcp").row("a-long-one", "");

    assertThat(table)
        .hasToString(
            """
            NAME         PORTS
            web          80/tcp
            a-long-one
            """);
  }

  @Test
  void refusesARowWithTooFewCells() {
    assertThatThrownBy(() -> new Table("A", "B").row("only one"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
