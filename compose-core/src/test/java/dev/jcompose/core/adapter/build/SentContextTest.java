package dev.jcompose.core.adapter.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentContextTest {
  private static final String OWN = ".jcompose.Dockerfile";

  @TempDir Path folder;

  private void file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private SentContext context(@Nullable Path dockerfile) throws IOException {
    String text = dockerfile == null ? "FROM given\n" : Files.readString(dockerfile);
    return SentContext.of(folder, new LocalDockerfile(dockerfile, dockerfile, text));
  }

  /** What is in the archive: content of files, targets of links, by name. */
  private static Map<String, String> sent(SentContext context) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    try (InputStream in = context.open()) {
      TarReader reader = new TarReader(in);
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        assertThat(entry.uid() + entry.gid()).as(entry.name()).isZero();
        String content = new String(reader.content().readAllBytes(), StandardCharsets.UTF_8);
        String previous = members.put(entry.name(), content + entry.linkName());
        assertThat(previous).as(entry.name()).isNull();
      }
    }
    return members;
  }

  @Test
  void aFolderIsSentAsItIs() throws IOException {
    file("Dockerfile", "FROM base\n");
    file("sub/file", "text");
    Files.createSymbolicLink(folder.resolve("sub/link"), Path.of("nowhere"));
    Files.createLink(folder.resolve("sub/other"), folder.resolve("sub/file"));
    SentContext context = context(folder.resolve("Dockerfile"));
    assertThat(context.dockerfile()).isEqualTo("Dockerfile");
    assertThat(sent(context))
        .containsExactly(
            Map.entry("Dockerfile", "FROM base\n"),
            Map.entry("sub/", ""),
            Map.entry("sub/file", "text"),
            Map.entry("sub/link", "nowhere"),
            Map.entry("sub/other", "sub/file"));
  }

  @Test
  void foldersThatAreLeftOutAreThereOnlyForWhatIsLetInAgain() throws IOException {
    file("Dockerfile", "FROM base\n");
    file(".dockerignore", "a\n!a/b/kept\nc\n!c/absent\n");
    file("a/b/kept", "1");
    file("a/b/left", "2");
    file("a/x/left", "3");
    file("c/left", "4");
    assertThat(sent(context(folder.resolve("Dockerfile"))).keySet())
        .containsExactly(".dockerignore", "Dockerfile", "a/", "a/b/", "a/b/kept");
  }

  @Test
  void aDockerfileThatIsGivenIsSentAndHidden() throws IOException {
    file("file", "text");
    SentContext context = context(null);
    assertThat(context.dockerfile()).isEqualTo(OWN);
    assertThat(sent(context))
        .containsEntry(OWN, "FROM given\n")
        .containsEntry(".dockerignore", ".dockerignore\n" + OWN + "\n")
        .containsEntry("file", "text");
  }

  @Test
  void theNameOfAHiddenDockerfileIsNobodyElses() throws IOException {
    file(OWN, "mine");
    SentContext context = context(null);
    assertThat(context.dockerfile()).isNotEqualTo(OWN);
    assertThat(sent(context))
        .containsEntry(OWN, "mine")
        .containsEntry(context.dockerfile(), "FROM given\n");
  }

  @Test
  void aDockerfileElsewhereBringsItsOwnIgnoreFile(@TempDir Path elsewhere) throws IOException {
    Path dockerfile = Files.writeString(elsewhere.resolve("web.Dockerfile"), "FROM web\n");
    Files.writeString(elsewhere.resolve("web.Dockerfile.dockerignore"), "left\n");
    file(".dockerignore", "kept\n.dockerignore");
    file("kept", "1");
    file("left", "2");
    SentContext context = context(dockerfile);
    assertThat(context.dockerfile()).isEqualTo(OWN);
    // COPY sees the folder's own file, so the builder must not remove it.
    assertThat(sent(context))
        .containsEntry(OWN, "FROM web\n")
        .containsEntry(".dockerignore", "kept\n.dockerignore\n!.dockerignore\n" + OWN + "\n")
        .containsKey("kept")
        .doesNotContainKey("left");
  }

  @Test
  void aDockerfileThatIsLeftOutOrALinkIsSentUnderAnotherName() throws IOException {
    file("docker/Dockerfile", "FROM base\n");
    file(".dockerignore", "docker\n");
    SentContext hidden = context(folder.resolve("docker/Dockerfile"));
    assertThat(hidden.dockerfile()).isEqualTo(OWN);
    assertThat(sent(hidden))
        .containsEntry(".dockerignore", "docker\n" + OWN + "\n")
        .doesNotContainKey("docker/");

    Files.delete(folder.resolve(".dockerignore"));
    Files.createSymbolicLink(folder.resolve("Dockerfile"), Path.of("docker/Dockerfile"));
    SentContext linked = context(folder.resolve("Dockerfile"));
    assertThat(linked.dockerfile()).isEqualTo(OWN);
    assertThat(sent(linked))
        .containsEntry(OWN, "FROM base\n")
        .containsEntry("Dockerfile", "docker/Dockerfile")
        .containsEntry("docker/Dockerfile", "FROM base\n");
  }

  @Test
  void anIgnoreFileThatLeavesItselfOutIsNotSent() throws IOException {
    file("Dockerfile", "FROM base\n");
    file(".dockerignore", "*ignore\nleft\n");
    assertThat(sent(context(folder.resolve("Dockerfile"))).keySet()).containsExactly("Dockerfile");
  }

  @Test
  void foldersThatAreNotThereAndIgnoreFilesWithMistakesAreToldOf() throws IOException {
    LocalDockerfile given = new LocalDockerfile(null, null, "FROM given\n");
    assertThatThrownBy(() -> SentContext.of(folder.resolve("absent"), given))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no folder " + folder.resolve("absent"));
    file(".dockerignore", "fine\n[\n");
    assertThatThrownBy(() -> SentContext.of(folder, given))
        .isInstanceOf(DockerfileException.class)
        .hasMessageStartingWith(".dockerignore:2:1: ");
  }
}
