package dev.jcompose.engine.image.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorsTest {
  private static final Platform RISCV = Platform.parse("linux/riscv64");
  private static final Platform IBM = Platform.parse("linux/s390x");
  private static final String RISCV_MAGIC = "7f454c460201010000000000000000000200f300";
  private static final String IBM_MAGIC = "7f454c4602020100000000000000000000020016";

  @TempDir Path registry;

  private void register(String name, String state, String flags, String magic) throws IOException {
    Files.writeString(
        registry.resolve(name),
        "%s\ninterpreter /usr/bin/qemu\nflags: %s\noffset 0\nmagic %s\nmask ff\n"
            .formatted(state, flags, magic));
  }

  @Test
  void thisMachineNeedsNone() {
    assertThat(Emulators.of(registry.resolve("absent")).run(Platform.host())).isTrue();
    assertThat(Emulators.of(registry.resolve("absent")).run(RISCV)).isFalse();
  }

  @Test
  void whatIsRegisteredWithTheFlagThatContainersNeedRuns() throws IOException {
    register("qemu-riscv64", "enabled", "POCF", RISCV_MAGIC);
    register("qemu-s390x", "enabled", "F", IBM_MAGIC);
    Files.writeString(registry.resolve("status"), "enabled\n");

    assertThat(Emulators.of(registry).run(RISCV)).isTrue();
    assertThat(Emulators.of(registry).run(IBM)).isTrue();
    assertThat(Emulators.of(registry).run(Platform.parse("linux/mips64le"))).isFalse();
    assertThat(Emulators.of(registry).run(Platform.parse("windows/riscv64"))).isFalse();
  }

  @Test
  void whatIsSwitchedOffOrOutsideContainersOnlyDoesNot() throws IOException {
    register("qemu-riscv64", "disabled", "F", RISCV_MAGIC);
    register("qemu-s390x", "enabled", "OC", IBM_MAGIC);
    register("python", "enabled", "F", "cafe");

    assertThat(Emulators.of(registry).run(RISCV)).isFalse();
    assertThat(Emulators.of(registry).run(IBM)).isFalse();
  }
}
