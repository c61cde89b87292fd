package dev.jcompose.engine.launch;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs small programs as ordinary processes; those of the other processor under QEMU. */
class ElfImageTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void makesCallsInOrder(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.WRITE, arg(1), arg("one "), arg(4));
    program.call(Syscall.WRITE, arg(1), arg("two"), arg(3));
    program.call(Syscall.EXIT_GROUP, arg(7));
    assertThat(run(program, architecture)).isEqualTo(new Outcome("one two", 7));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void usesWhatAnEarlierCallReturned(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.WRITE, arg(1), arg("12345"), arg(5)).save("length");
    program.call(Syscall.EXIT_GROUP, saved("length"));
    assertThat(run(program, architecture).code()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void goesOnAfterAToleratedError(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.CHDIR, arg("/no/such/place")).tolerating(Errno.ENOENT);
    program
        .call(Syscall.CHDIR, arg("/no/such/place"))
        .tolerating(Errno.EACCES, Errno.ENOENT)
        .ifTolerated("end");
    program.call(Syscall.EXIT_GROUP, arg(1));
    program.label("end");
    program.call(Syscall.EXIT_GROUP, arg(9));
    assertThat(run(program, architecture).code()).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void endsWith126AfterAnyOtherError(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.CHDIR, arg("/no/such/place")).tolerating(Errno.EACCES);
    program.call(Syscall.EXIT_GROUP, arg(1));
    assertThat(run(program, architecture).code()).isEqualTo(126);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void takesATooSmallResultForAFailure(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.WRITE, arg(1), arg(""), arg(0)).atLeast(1);
    program.call(Syscall.EXIT_GROUP, arg(1));
    assertThat(run(program, architecture).code()).isEqualTo(126);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void skipsWhenTheResultIsPositive(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(Syscall.UMASK, arg(0)).ifPositive("there");
    program.call(Syscall.EXIT_GROUP, arg(1));
    program.call(Syscall.EXIT_GROUP, arg(2));
    program.label("there");
    program.call(Syscall.WRITE, arg(1), arg("x"), arg(1)).ifPositive("end");
    program.call(Syscall.EXIT_GROUP, arg(3));
    program.label("end");
    program.call(Syscall.EXIT_GROUP, arg(4));
    assertThat(run(program, architecture).code()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void passesListsOfStrings(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.call(
        Syscall.EXECVE,
        arg("/bin/sh"),
        new Argument.Texts(List.of("sh", "-c", "echo $A; exit 3")),
        new Argument.Texts(List.of("A=b")));
    assertThat(run(program, architecture)).isEqualTo(new Outcome("b\n", 3));
  }

  private record Outcome(String output, int code) {}

  private Outcome run(LaunchProgram.Builder program, Architecture architecture)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (architecture != Architecture.current()) {
      String emulator = "qemu-" + architecture.label() + "-static";
      Assumptions.assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", emulator)),
          "SKIPPED: " + emulator + " is needed to run programs of " + architecture.label());
      command.add(emulator);
    }
    Path file = Files.createTempFile(directory, "program", "");
    Files.write(file, ElfImage.of(program.build(), architecture));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(output, process.waitFor());
  }
}
