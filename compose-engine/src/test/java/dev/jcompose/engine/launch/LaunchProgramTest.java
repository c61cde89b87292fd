package dev.jcompose.engine.launch;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchProgramTest {

  @Test
  void readsLikeCalls() {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program
        .call(Syscall.OPENAT, Constant.AT_FDCWD.argument(), arg("/a \"b\""), Argument.mode(0755))
        .save("file");
    program
        .call(Syscall.FCHDIR, saved("file"))
        .tolerating(Errno.ENOTDIR, Errno.ENOENT)
        .ifTolerated("end");
    program.call(Syscall.READ, arg(3), Argument.longs("gate", 0), arg(1)).atLeast(1);
    program.call(Syscall.GETPID).ifPositive("end").reported();
    program.call(Syscall.EXECVE, arg("x"), new Argument.Texts(List.of("x", "y")), arg(0));
    program.label("end");
    program.call(Syscall.EXIT_GROUP, arg(0));
    assertThat(program.build().text())
        .isEqualTo(
            """
              openat(AT_FDCWD, "/a \\"b\\"", 0755) -> file
              fchdir(file) or ENOENT, ENOTDIR then end
              read(3, gate, 1) at least 1
              getpid() if positive end reported
              execve("x", ["x", "y"], 0)
            end:
              exit_group(0)
            """);
  }

  @Test
  void refusesALabelThatIsNotAhead() {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.label("start");
    program.call(Syscall.GETPID).ifPositive("start");
    LaunchProgram built = program.build();
    assertThatThrownBy(() -> ElfImage.of(built, Architecture.X86_64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label start");
  }

  @Test
  void refusesAResultNobodySaved() {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.FCHDIR, saved("root"));
    LaunchProgram built = program.build();
    assertThatThrownBy(() -> ElfImage.of(built, Architecture.AARCH64))
        .hasMessageContaining("nothing is saved as root");
  }

  @Test
  void namesTheCallThatFailed() {
    LaunchProgram.Builder builder = LaunchProgram.builder();
    builder.call(Syscall.GETPID);
    builder.call(Syscall.MOUNT).about("mount proc on /proc").tolerating(Errno.EBUSY);
    LaunchProgram program = builder.build();
    Report report = report(Layout.TABLE + Layout.ENTRY_BYTES, -Errno.EPERM.number());
    assertThat(report.fatal(program)).isTrue();
    assertThat(report.describe(program))
        .isEqualTo("mount proc on /proc: EPERM (operation not permitted)");
    assertThat(report(Layout.TABLE + Layout.ENTRY_BYTES, -Errno.EBUSY.number()).fatal(program))
        .isFalse();
  }

  private static Report report(long address, long result) {
    return Report.of(ByteBuffer.wrap(Layout.littleEndian(address, result)));
  }
}
