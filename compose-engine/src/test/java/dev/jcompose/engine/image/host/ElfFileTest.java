package dev.jcompose.engine.image.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfFileTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  @Test
  void readsTheInterpreterAndLibrariesOfTheJavaLauncher() throws IOException {
    ElfFile java = Objects.requireNonNull(ElfFile.read(JAVA.resolve("bin/java")));
    assertThat(java.interpreter()).startsWith("/lib").contains("ld-");
    assertThat(java.needed()).anyMatch(name -> name.startsWith("libjli.so"));
    assertThat(Stream.concat(java.rpath().stream(), java.runpath().stream()))
        .anyMatch(directory -> directory.startsWith("$ORIGIN"));
  }

  @Test
  void findsNoInterpreterInALibrary() throws IOException {
    ElfFile library = Objects.requireNonNull(ElfFile.read(JAVA.resolve("lib/libjava.so")));
    assertThat(library.interpreter()).isNull();
    assertThat(library.needed()).contains("libjvm.so");
  }

  @Test
  void anythingElseIsNoElfFile(@TempDir Path directory) throws IOException {
    assertThat(ElfFile.read(Files.writeString(directory.resolve("script"), "#!/bin/sh\n")))
        .isNull();
    assertThat(ElfFile.read(Files.createFile(directory.resolve("empty")))).isNull();
    byte[] cut = Files.readAllBytes(JAVA.resolve("bin/java"));
    Path half = Files.write(directory.resolve("half"), java.util.Arrays.copyOf(cut, 100));
    assertThat(Objects.requireNonNull(ElfFile.read(half)).needed()).isEmpty();
  }

  @Test
  void theLibrariesOfThisRuntimeAreFoundInsideItAndOnThisMachine() throws IOException {
    LibrarySearch search = new LibrarySearch(LoaderCache.read(LoaderCache.FILE));
    LibrarySearch.Needs launcher = search.needsOf(JAVA.resolve("bin/java"));
    assertThat(launcher.missing()).isEmpty();
    assertThat(launcher.paths()).anyMatch(path -> path.endsWith("libjli.so"));
    LibrarySearch.Needs machine = search.needsOf(JAVA.resolve("lib/server/libjvm.so"));
    assertThat(machine.missing()).isEmpty();
    assertThat(machine.paths())
        .anyMatch(path -> path.getFileName().toString().matches("libc\\..*|ld-musl.*"));
  }
}
