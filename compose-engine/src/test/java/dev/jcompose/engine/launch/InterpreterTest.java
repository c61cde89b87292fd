package dev.jcompose.engine.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.linux.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpreterTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void isWhatItsSourceAssemblesTo(Architecture architecture) throws Exception {
    String prefix =
        architecture == Architecture.current() ? "" : architecture.label() + "-linux-gnu-";
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", prefix + "as")),
        "SKIPPED: the assembler " + prefix + "as is not installed");
    Path source = directory.resolve("interpreter.s");
    Path object = directory.resolve("interpreter.o");
    Path binary = directory.resolve("interpreter.bin");
    Files.write(source, Interpreter.source(architecture));
    run(prefix + "as", "-o", object.toString(), source.toString());
    run(prefix + "objcopy", "-O", "binary", "-j", ".text", object.toString(), binary.toString());
    assertThat(Files.readAllBytes(binary)).isEqualTo(Interpreter.code(architecture));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void fitsIntoItsPage(Architecture architecture) {
    assertThat(Interpreter.code(architecture)).hasSizeBetween(100, 3584);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
