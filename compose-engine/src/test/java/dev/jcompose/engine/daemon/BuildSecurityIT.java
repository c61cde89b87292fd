package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Dockerfile must not reach. */
class BuildSecurityIT {
  private static TestEngine engine;

  @TempDir private Path context;
  @TempDir private Path victim;
  private BuildLab lab;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void lab() {
    lab = new BuildLab(engine, context);
  }

  @Test
  void cve202421626ACommandHasNoDescriptorOfTheEngine() throws Exception {
    lab.build("FROM jcompose/base\nRUN ls /proc/self/fd\n");
    // The fourth is the directory that ls reads.
    assertThat(lab.log.output.toString()).startsWith("0\n1\n2\n3\nwriting image");
  }

  @Test
  void cve202421626ADirectoryToWorkInIsNotThatOfADescriptor() {
    for (int descriptor = 3; descriptor < 9; descriptor++) {
      String dockerfile =
          "FROM jcompose/base\nWORKDIR /proc/self/fd/" + descriptor + "\nRUN ls ../../../..\n";
      assertThatThrownBy(() -> lab.build(dockerfile)).hasMessageContaining("/proc/self/fd/");
    }
    assertThat(lab.log.output.toString()).doesNotContain(context.getFileName().toString());
  }

  @Test
  void cve202423651ASourceThatIsALinkStaysInTheContext() throws Exception {
    Files.writeString(victim.resolve("secret"), "secret");
    Files.createSymbolicLink(context.resolve("out"), victim);
    assertThatThrownBy(
            () ->
                lab.build(
                    """
                    FROM jcompose/base
                    RUN --mount=type=bind,source=out,target=/out cat /out/secret
                    """))
        .hasMessageContaining("out");
    assertThat(lab.log.output.toString()).doesNotContain("secret");
  }

  @Test
  void cve202423652RemovingTheStubOfAMountFollowsNoLink() throws Exception {
    Path kept = Files.createDirectories(victim.resolve("stub"));
    lab.build(
        """
        FROM jcompose/base
        RUN --mount=type=tmpfs,target=/made/stub mv /made /moved && ln -s %s /made
        """
            .formatted(victim));
    assertThat(kept).isEmptyDirectory();
  }

  @Test
  void cve202423653AnInsecureCommandNeedsAnEntitlement() {
    assertThatThrownBy(
            () ->
                lab.build(
                    """
                    # syntax=docker/dockerfile:1-labs
                    FROM jcompose/base
                    RUN --security=insecure id
                    """))
        .hasMessageContaining("security.insecure");
    assertThat(lab.log.output.toString()).isEmpty();
  }
}
