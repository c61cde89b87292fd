package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.oci.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds for a machine whose programs the kernel hands to an emulator. The emulator is {@code
 * echo}, which tells what it was given to run.
 */
class BuildPlatformIT {
  private static final Path REGISTRY = Path.of("/proc/sys/fs/binfmt_misc");
  private static final Path ENTRY = REGISTRY.resolve("jcompose-test");
  private static final boolean ON_ARM = Platform.host().architecture().equals("arm64");
  private static final String OTHER = ON_ARM ? "amd64" : "arm64";
  private static final int OTHER_MACHINE = ON_ARM ? 0x3e : 0xb7;

  @AutoClose private static TestEngine engine;
  private static boolean mounted;

  @TempDir Path context;
  private BuildLab lab;

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.start();
    if (!Files.exists(REGISTRY.resolve("register"))) {
      mounted =
          new ProcessBuilder("mount", "-t", "binfmt_misc", "none", REGISTRY + "").start().waitFor()
              == 0;
    }
    assumeTrue(
        Files.exists(REGISTRY.resolve("register")), "SKIPPED: this kernel has no binfmt_misc");
    String ignored = "\\xff".repeat(7) + "\\x00".repeat(9) + "\\xfe\\xff\\xff\\xff";
    Files.writeString(
        REGISTRY.resolve("register"),
        ":jcompose-test:M::\\x7fELF\\x02\\x01\\x01%s\\x02\\x00\\x%02x\\x00:%s:/bin/echo:F"
            .formatted("\\x00".repeat(9), OTHER_MACHINE, ignored),
        StandardCharsets.ISO_8859_1);
  }

  @AfterAll
  static void forget() throws Exception {
    if (Files.exists(ENTRY)) {
      Files.writeString(ENTRY, "-1");
    }
    if (mounted) {
      new ProcessBuilder("umount", REGISTRY + "").start().waitFor();
    }
  }

  @BeforeEach
  void lab() {
    lab = new BuildLab(engine, context);
  }

  /** As much of an ELF file as the kernel looks at. */
  private void foreignProgram() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
    header.putShort(16, (short) 2).putShort(18, (short) OTHER_MACHINE);
    Path program = Files.write(context.resolve("program"), header.array());
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void runsTheProgramsOfAnotherMachineAndNotesWhatTheImageIsFor() throws Exception {
    foreignProgram();
    lab.platform = "linux/" + OTHER;

    Image image =
        lab.build(
            """
            FROM --platform=$BUILDPLATFORM jcompose/base AS here
            ARG BUILDARCH TARGETPLATFORM
            RUN echo from $BUILDARCH to $TARGETPLATFORM
            FROM scratch
            COPY --from=here / /
            COPY program /program
            RUN ["/program", "runs", "there"]
            """,
            "platform/base:1");

    assertThat(lab.log.output)
        .contains("from " + Platform.host().architecture() + " to linux/" + OTHER)
        .contains("/program runs there");
    assertThat(image.architecture()).isEqualTo(OTHER);

    Image next = lab.build("FROM platform/base:1\nRUN [\"/program\", \"again\"]\n");
    assertThat(lab.log.output).contains("/program again");
    assertThat(next.architecture()).isEqualTo(OTHER);
  }

  @Test
  void anImageForAnotherMachineIsNotTakenForOneOfThis() throws Exception {
    foreignProgram();
    lab.platform = "linux/" + OTHER;
    lab.build("FROM scratch\nCOPY program /\n", "127.0.0.1:1/platform/foreign:1");

    assertThatThrownBy(
            () -> lab.build("FROM --platform=$BUILDPLATFORM 127.0.0.1:1/platform/foreign:1\n"))
        .hasMessageContaining("127.0.0.1:1 cannot be reached");
  }

  @Test
  void withoutAnEmulatorItSaysHowToGetOne() {
    lab.platform = "linux/mips64le";

    assertThatThrownBy(() -> lab.build("FROM scratch\nCOPY . /\n"))
        .hasMessageContaining("platform linux/mips64le cannot be built on this machine")
        .hasMessageContaining("qemu-user-static");
  }
}
