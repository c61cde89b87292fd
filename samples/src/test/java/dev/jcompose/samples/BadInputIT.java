package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake gets one sentence with the place and the next move, and leaves nothing behind. */
class BadInputIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOfTheProject() {
    assertThat(JCOMPOSE.run("-p", "bad", "ps", "-a", "-q").stdout()).isEmpty();
  }

  @Test
  void namesTheFileThatIsMissing() {
    Result result = up("-f", "nowhere.yaml", "up", "-d");

    assertThat(result.stderr()).contains("nowhere.yaml");
  }

  @Test
  void saysWhichFilesItLookedForWhenThereIsNone() {
    assertThat(up("up", "-d").stderr()).contains("compose.yaml");
  }

  @Test
  void pointsAtTheLineOfAYamlError() throws IOException {
    compose("services:\n  web:\n    image: [unclosed\n");

    assertThat(up("up", "-d").stderr()).contains("compose.yaml:");
  }

  @Test
  void suggestsTheKeyThatWasMeant() throws IOException {
    compose("services:\n  web:\n    imagee: jcompose/base\n");

    assertThat(up("up", "-d").stderr())
        .contains("compose.yaml:3:5")
        .contains("imagee")
        .contains("image");
  }

  @Test
  void refusesAPortThatIsTakenBeforeAnythingRuns() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      compose(
          """
          services:
            web:
              image: jcompose/base
              command: sleep 60
              ports: ["127.0.0.1:%d:80"]
          """
              .formatted(taken.getLocalPort()));

      assertThat(up("up", "-d").stderr()).contains("127.0.0.1:" + taken.getLocalPort());
      JCOMPOSE.runIn(folder, Map.of(), "-p", "bad", "down", "-v").succeeded();
    }
  }

  @Test
  void saysWhatToDoAboutAnImageThatIsNotThere() throws IOException {
    compose("services:\n  web:\n    image: example/nowhere:1\n");

    assertThat(up("up", "-d", "--pull", "never").stderr()).contains("example/nowhere:1");
  }

  @Test
  void namesTheCommandThatDoesNotExistInTheImage() throws IOException {
    compose("services:\n  web:\n    image: jcompose/base\n    command: no-such-program\n");

    assertThat(up("up", "-d").stderr()).contains("no-such-program");
    JCOMPOSE.runIn(folder, Map.of(), "-p", "bad", "down", "-v").succeeded();
  }

  @Test
  void suggestsTheVerbThatWasMeant() {
    assertThat(up("lgos").stderr()).contains("lgos").contains("logs");
  }

  private Result up(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "-p";
    all[1] = "bad";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return JCOMPOSE.runIn(folder, Map.of(), all).failedPolitely();
  }

  private void compose(String text) throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), text);
  }
}
