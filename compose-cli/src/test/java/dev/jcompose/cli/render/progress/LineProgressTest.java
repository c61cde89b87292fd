package dev.jcompose.cli.render.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.reconcile.ProgressEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  @Test
  void plainPrintsALineForEachEvent() {
    showAll(new PlainProgress(err));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
             Container web-1  Creating
             Container web-1  Created
             Container web-1  Warning: slow
             Container web-1  Error
            """);
  }

  @Test
  void jsonPrintsAnObjectForEachEvent() {
    showAll(new JsonProgress(err));

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"id":"Container web-1","status":"Working","text":"Creating"}
            {"id":"Container web-1","status":"Done","text":"Created"}
            {"id":"Container web-1","status":"Warning","text":"slow"}
            {"id":"Container web-1","status":"Error","text":"broken"}
            """);
  }

  @Test
  void quietPrintsNothing() {
    showAll(new QuietProgress());

    assertThat(bytes.size()).isZero();
  }

  private static void showAll(ProgressDisplay display) {
    String id = "Container web-1";
    display.show(new ProgressEvent.Working(id, "Creating"));
    display.show(new ProgressEvent.Done(id, "Created", Duration.ofMillis(5)));
    display.show(new ProgressEvent.Warned(id, "slow"));
    display.show(new ProgressEvent.Failed(id, "broken"));
    display.close();
  }
}
