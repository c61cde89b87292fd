package dev.jcompose.engine.image.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.image.host.HostTree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCollectorTest {
  @TempDir Path temporary;
  private Path directory;
  private final HostTree tree = new HostTree(null);
  private HostCollector collector;

  @BeforeEach
  void openCollector() throws IOException {
    directory = temporary.toRealPath();
    collector =
        new HostCollector(
            tree,
            new LibrarySearch(LoaderCache.read(LoaderCache.FILE)),
            ProgramFinder.along(directory.toString()));
  }

  @Test
  void keepsEveryLinkOnTheWayAndTheFileAtItsEnd() throws IOException {
    Files.createDirectories(directory.resolve("usr/bin"));
    Files.createSymbolicLink(directory.resolve("bin"), Path.of("usr/bin"));
    Files.createSymbolicLink(
        directory.resolve("usr/bin/tool"), directory.resolve("usr/bin/chosen"));
    Files.createSymbolicLink(directory.resolve("usr/bin/chosen"), Path.of("../bin/real"));
    Files.writeString(directory.resolve("usr/bin/real"), "text");

    Path real = collector.addFile(directory.resolve("bin/tool"));

    assertThat(real).isEqualTo(directory.resolve("usr/bin/real"));
    assertThat(tree.at(directory.resolve("bin"))).isEqualTo(new Node.Link("usr/bin"));
    assertThat(tree.at(directory.resolve("usr/bin/tool")))
        .isEqualTo(new Node.Link(directory.resolve("usr/bin/chosen").toString()));
    assertThat(tree.at(directory.resolve("usr/bin/chosen")))
        .isEqualTo(new Node.Link("../bin/real"));
    assertThat(tree.at(directory.resolve("usr/bin/real"))).isInstanceOf(Node.Copy.class);
  }

  @Test
  void parentStepsInLinksCountFromWhereTheLinkReallyIs() throws IOException {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/file"), "text");
    Files.createSymbolicLink(directory.resolve("short"), Path.of("a/b"));
    Files.createSymbolicLink(directory.resolve("a/b/up"), Path.of("../file"));
    assertThat(collector.addFile(directory.resolve("short/up")))
        .isEqualTo(directory.resolve("a/file"));
  }

  @Test
  void takesNothingForWhatIsNotThereOrTurnsInCircles() throws IOException {
    Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere"));
    Files.createSymbolicLink(directory.resolve("round"), Path.of("round"));
    assertThat(collector.addFile(directory.resolve("absent"))).isNull();
    assertThat(collector.addFile(directory.resolve("dangling"))).isNull();
    assertThat(collector.addFile(directory.resolve("round"))).isNull();
    assertThat(tree.has(directory.resolve("dangling"))).isFalse();
  }

  @Test
  void aScriptBringsItsInterpreterAndWhatEnvLooksUp() throws IOException {
    script("helper", "#!/bin/sh\n");
    script("tool", "#!/usr/bin/env -S helper --flag\n");
    collector.addProgram(directory.resolve("tool"));
    assertThat(tree.has(directory.resolve("helper"))).isTrue();
    assertThat(tree.nodes().keySet()).anyMatch(path -> path.endsWith("env"));
    assertThat(tree.nodes().keySet())
        .anyMatch(path -> path.getFileName().toString().matches("libc\\..*|libc-.*|ld-musl.*"));
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
