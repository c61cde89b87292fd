package dev.jcompose.cli.render.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void alignsPrefixesToTheLongestName() {
    LogPrinter printer = new LogPrinter(out, err, true, false);
    printer.register("web-1");
    printer.register("worker-1");

    print(printer, "web-1", "hello", false);
    print(printer, "worker-1", "done", false);
    printer.flush();

    assertThat(text(out)).isEqualTo("web-1     | hello\nworker-1  | done\n");
  }

  @Test
  void givesEachNameItsOwnColour() {
    LogPrinter printer = new LogPrinter(out, err, true, true);

    print(printer, "a", "1", false);
    print(printer, "b", "2", false);
    print(printer, "a", "3", false);

    assertThat(text(out))
        .isEqualTo(
            "\u001b[36ma  | \u001b[0m1\n\u001b[33mb  | \u001b[0m2\n\u001b[36ma  | \u001b[0m3\n");
  }

  @Test
  void keepsErrorsApartWhenAsked() {
    LogPrinter printer = new LogPrinter(out, err, false, false);

    print(printer, "a", "bad", true);

    assertThat(text(out)).isEmpty();
    assertThat(text(err)).isEqualTo("bad\n");
  }

  @Test
  void cutsPiecesIntoLinesAndGivesOutTheUnfinishedOneAtTheEnd() {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter =
        new LineSplitter(line -> lines.add(new String(line, StandardCharsets.UTF_8)));

    splitter.accept(ByteBuffer.wrap("one\ntw".getBytes(StandardCharsets.UTF_8)));
    splitter.accept(ByteBuffer.wrap("o\r\n\nthree".getBytes(StandardCharsets.UTF_8)));
    assertThat(lines).containsExactly("one", "two", "");
    splitter.finish();

    assertThat(lines).containsExactly("one", "two", "", "three");
  }

  private static void print(LogPrinter printer, String name, String line, boolean toErr) {
    printer.print(name, line.getBytes(StandardCharsets.UTF_8), toErr);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
