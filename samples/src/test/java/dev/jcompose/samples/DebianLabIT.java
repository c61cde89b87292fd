package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exercises that stand on a Debian, which is made once, of packages. {@code
 * -Ddebian.mirror=URL} takes them from elsewhere than debootstrap does by itself.
 */
class DebianLabIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  private static final String INSTALL = "apt-get install";

  @TempDir Path temporary;

  private Path folder = Path.of("");

  @BeforeAll
  static void makeDebian() {
    assumeTrue(
        Stream.of("/usr/sbin/debootstrap", "/usr/bin/debootstrap")
            .map(Path::of)
            .anyMatch(Files::isExecutable),
        "SKIPPED: a Debian base needs debootstrap");
    Path lab = Jcompose.sample("build-lab");
    Jcompose.Result made =
        JCOMPOSE.shell(
            lab,
            "JCOMPOSE=jcompose ./make-debian " + System.getProperty("debian.mirror", ""),
            Map.of());
    String said = made.stdout() + made.stderr();
    assumeTrue(
        made.exitCode() == 0 || !said.matches("(?s).*E: (Failed getting|Couldn't download).*"),
        "SKIPPED: no mirror of Debian can be reached: " + said);
    made.succeeded();
  }

  @AfterEach
  void down() {
    if (!folder.toString().isEmpty()) {
      JCOMPOSE.runIn(folder, Map.of(), "down", "-t", "0").succeeded();
    }
  }

  @Test
  void installsPackagesOnceAndNeverDownloadsThemTwice() throws IOException {
    folder = copy("debian");
    assertThat(build()).contains("Setting up bc");
    assertThat(printed()).isEqualTo("42\n");

    Files.writeString(folder.resolve("sum.bc"), "6 + 7\nquit\n");
    assertThat(BuildLabIT.cached(build())).anyMatch(step -> step.contains(INSTALL));
    assertThat(printed()).isEqualTo("13\n");

    assertThat(build("--no-cache", "tools")).contains("Setting up bc").contains("Need to get 0 B/");
  }

  @Test
  void servesHelloFromPython() throws Exception {
    folder = copy("hello-python");
    assertThat(answer(Map.of("PORT", ""))).isEqualTo("Hello, world\n");
    assertThat(answer(Map.of("PORT", "", "GREETING", "Good morning"))).isEqualTo("Good morning\n");
  }

  private Path copy(String exercise) throws IOException {
    Path copy = temporary.resolve(exercise);
    Jcompose.copy(Jcompose.sample("build-lab").resolve(exercise), copy);
    return copy;
  }

  private String build(String... arguments) {
    Jcompose.Result result =
        JCOMPOSE
            .runIn(
                folder,
                Map.of(),
                Stream.concat(Stream.of("build", "--progress", "plain"), Stream.of(arguments))
                    .toArray(String[]::new))
            .succeeded();
    return result.stdout() + result.stderr();
  }

  private String printed() {
    return JCOMPOSE.runIn(folder, Map.of(), "run", "--rm", "-T", "app").succeeded().stdout();
  }

  /** What the application answers once it is healthy. */
  private String answer(Map<String, String> environment) throws Exception {
    JCOMPOSE.runIn(folder, environment, "up", "-d", "--build", "--wait").succeeded();
    String address =
        JCOMPOSE.runIn(folder, environment, "port", "web", "8000").succeeded().stdout().strip();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + address + "/")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
