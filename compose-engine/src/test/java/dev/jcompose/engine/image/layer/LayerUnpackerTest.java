package dev.jcompose.engine.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no root; owners, devices and overlayfs' marks are in {@code LayerUnpackerIT}. */
class LayerUnpackerTest {
  private static final int[] MODES = {0, 0200, 0444, 0644, 0666, 0755, 0777, 04755, 02711, 01644};

  @TempDir Path temporary;
  private final FileCalls calls = new JnaFileCalls();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(bytes);
  private Path layer;
  private Path outside;

  @BeforeEach
  void makeDirectories() throws IOException {
    layer = Files.createDirectory(temporary.resolve("layer"));
    outside = Files.createDirectory(temporary.resolve("outside"));
  }

  @Test
  void putsFilesLinksAndDirectoriesWhereTheyBelong() throws IOException {
    directory("a", 0750);
    file("a/b", "content");
    tar.write(TarEntry.symlink("a/link", "b", 7));
    hardLink("a/hard", "a/b");
    Unpacked unpacked = unpack();
    assertThat(layer.resolve("a/b")).hasContent("content");
    assertThat(Files.readSymbolicLink(layer.resolve("a/link"))).isEqualTo(Path.of("b"));
    assertThat(Files.getAttribute(layer.resolve("a/hard"), "unix:ino"))
        .isEqualTo(Files.getAttribute(layer.resolve("a/b"), "unix:ino"));
    assertThat(mode("a")).isEqualTo(0750);
    assertThat(Files.getLastModifiedTime(layer.resolve("a/b")).toMillis()).isEqualTo(5000);
    assertThat(Files.getLastModifiedTime(layer.resolve("a")).toMillis()).isEqualTo(6000);
    assertThat(unpacked.size()).isEqualTo("content".length());
    assertThat(unpacked.members()).isEqualTo(4);
    assertThat(unpacked.implied()).isEmpty();
  }

  @Test
  void givesFilesTheirModesWhateverTheUmaskTakes() throws IOException {
    for (int mode : MODES) {
      file("f" + mode, mode, "x");
    }
    unpack();
    for (int mode : MODES) {
      assertThat(mode("f" + mode)).as(Integer.toOctalString(mode)).isEqualTo(mode);
    }
  }

  @Test
  void givesFilesTheirModesWhateverTheDefaultsOfTheDirectoryTake() throws IOException {
    // Version 2; the owner may do all, the group reads, others do nothing.
    byte[] list = {
      2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 4, 0, 4, 0, -1, -1, -1, -1, 32, 0, 0, 0, -1, -1, -1,
      -1
    };
    int parent = calls.openDirectory(temporary);
    try {
      calls.setAttribute(parent, "layer", "system.posix_acl_default", list);
    } catch (KernelException e) {
      Assumptions.abort("SKIPPED: no access control lists here: " + e.getMessage());
    } finally {
      calls.close(parent);
    }
    for (int mode : MODES) {
      file("f" + mode, mode, "x");
    }
    unpack();
    for (int mode : MODES) {
      assertThat(mode("f" + mode)).as(Integer.toOctalString(mode)).isEqualTo(mode);
    }
    try (Stream<Path> files = Files.list(layer)) {
      assertThat(files).hasSize(MODES.length);
    }
  }

  @Test
  void makesMissingParentsAndTellsSo() throws IOException {
    file("./x//y/./z", "content");
    assertThat(unpack().implied()).containsExactlyInAnyOrder("x", "x/y");
    assertThat(layer.resolve("x/y/z")).hasContent("content");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape", "a/../../escape", "..", "/../escape", "./../escape"})
  void refusesNamesThatLeadOut(String name) throws IOException {
    file(name, "bad");
    assertThatThrownBy(this::unpack)
        .isInstanceOf(UnpackException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("leads out");
    nothingEscaped();
  }

  @Test
  void takesAbsoluteNamesAsRelativeOnes() throws IOException {
    file("/etc/passwd", "mine");
    unpack();
    assertThat(layer.resolve("etc/passwd")).hasContent("mine");
  }

  @Test
  void anAbsoluteLinkLeadsToTheSamePlaceInsideTheLayer() throws IOException {
    tar.write(TarEntry.symlink("way", outside.toString(), 0));
    file("way/file", "inside");
    unpack();
    assertThat(layer.resolve(outside.toString().substring(1)).resolve("file")).hasContent("inside");
    nothingEscaped();
  }

  @Test
  void aLinkThatClimbsStopsAtTheTop() throws IOException {
    tar.write(TarEntry.symlink("way", "../../../../../outside", 0));
    file("way/file", "inside");
    unpack();
    assertThat(layer.resolve("outside/file")).hasContent("inside");
    nothingEscaped();
  }

  @Test
  void linksOnTheWayAreFollowedAsInAContainer() throws IOException {
    directory("usr/lib/real", 0755);
    tar.write(TarEntry.symlink("lib", "usr/lib", 0));
    tar.write(TarEntry.symlink("usr/lib/again", "../../lib/real/.", 0));
    file("lib/again/file", "x");
    unpack();
    assertThat(layer.resolve("usr/lib/real/file")).hasContent("x");
    assertThat(Files.isSymbolicLink(layer.resolve("lib"))).isTrue();
  }

  @Test
  void circlesOfLinksAreAnError() throws IOException {
    tar.write(TarEntry.symlink("a", "b", 0));
    tar.write(TarEntry.symlink("b", "a", 0));
    file("a/file", "x");
    assertThatThrownBy(this::unpack).hasMessageContaining("symbolic links");
  }

  @Test
  void aFileTakesTheLinksPlaceInsteadOfWritingThroughIt() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "untouched");
    tar.write(TarEntry.symlink("x", victim.toString(), 0));
    file("x", "new");
    unpack();
    assertThat(victim).hasContent("untouched");
    assertThat(Files.isSymbolicLink(layer.resolve("x"))).isFalse();
    assertThat(layer.resolve("x")).hasContent("new");
  }

  @Test
  void modesAndTimesNeverReachWhatALinkNames() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "untouched");
    Files.setAttribute(victim, "unix:mode", 0600);
    directory("d", 0777);
    tar.write(TarEntry.symlink("d", outside.toString(), 1));
    tar.write(TarEntry.symlink("l", victim.toString(), 1));
    unpack();
    assertThat((Integer) Files.getAttribute(victim, "unix:mode") & 0777).isEqualTo(0600);
    assertThat(Files.getLastModifiedTime(victim).toMillis()).isGreaterThan(10_000);
    assertThat(Files.getLastModifiedTime(outside).toMillis()).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "nowhere", "dir", "../outside/victim"})
  void refusesHardLinksToWhatTheLayerDoesNotHave(String target) throws IOException {
    Files.writeString(outside.resolve("victim"), "untouched");
    directory("dir", 0755);
    hardLink("hard", target);
    assertThatThrownBy(this::unpack).isInstanceOf(UnpackException.class);
  }

  @Test
  void aHardLinkToALinkIsTheLinkAndNotWhatItNames() throws IOException {
    Path victim = Files.writeString(outside.resolve("victim"), "untouched");
    tar.write(TarEntry.symlink("soft", victim.toString(), 0));
    hardLink("hard", "soft");
    file("hard", "new");
    unpack();
    assertThat(victim).hasContent("untouched");
    assertThat(Files.getAttribute(victim, "unix:nlink")).isEqualTo(1);
  }

  @Test
  void aHardLinkThroughALinkedDirectoryStaysInside() throws IOException {
    Files.writeString(outside.resolve("victim"), "untouched");
    tar.write(TarEntry.symlink("way", outside.toString(), 0));
    hardLink("hard", "way/victim");
    assertThatThrownBy(this::unpack).hasMessageContaining("does not have");
  }

  @Test
  void laterMembersReplaceEarlierOnesOfAnyKind() throws IOException {
    file("x", "1");
    file("x", "2");
    directory("tree/deep/er", 0700);
    file("tree/deep/er/file", "x");
    file("tree", "flat");
    tar.write(TarEntry.symlink("s", "nowhere", 0));
    directory("s", 0755);
    file("s/in", "x");
    unpack();
    assertThat(layer.resolve("x")).hasContent("2");
    assertThat(layer.resolve("tree")).hasContent("flat");
    assertThat(Files.isDirectory(layer.resolve("s"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void aDirectoryTwiceKeepsItsContentAndTakesTheLaterMode() throws IOException {
    directory("d", 0700);
    file("d/f", "x");
    directory("d", 0711);
    unpack();
    assertThat(layer.resolve("d/f")).hasContent("x");
    assertThat(mode("d")).isEqualTo(0711);
  }

  @Test
  void aSwappedDirectoryDoesNotLeadWritersOut() throws IOException {
    directory("d", 0755);
    file("d/one", "1");
    tar.write(TarEntry.symlink("d", outside.toString(), 0));
    file("d/two", "2");
    unpack();
    nothingEscaped();
  }

  @Test
  void refusesToPutSomethingIntoAFile() throws IOException {
    file("f", "x");
    file("f/g", "x");
    assertThatThrownBy(this::unpack).hasMessageContaining("no directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {".wh.", ".wh..", ".wh...", "a/.wh.."})
  void refusesDeletionsOfWholeDirectories(String name) throws IOException {
    file(name, "");
    assertThatThrownBy(this::unpack).hasMessageContaining("delete a whole directory");
  }

  @Test
  void namesOfForeignUnionFileSystemsMeanNothing() throws IOException {
    file(".wh..wh.aufs", "");
    directory(".wh..wh.plnk", 0700);
    unpack();
    try (Stream<Path> files = Files.list(layer)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void namesMayBeLongButNotLongerThanAnyPath() throws IOException {
    file("n".repeat(255), "x");
    file("d/".repeat(200) + "f", "x");
    unpack();
    assertThat(layer.resolve("n".repeat(255))).exists();
    file("n".repeat(5000), "x");
    assertThatThrownBy(this::unpack).hasMessageContaining("too long");
  }

  @Test
  void aComponentOf256BytesIsAnErrorThatNamesIt() throws IOException {
    file("n".repeat(256), "x");
    assertThatThrownBy(this::unpack)
        .isInstanceOf(UnpackException.class)
        .hasMessageContaining("nnnn")
        .hasMessageContaining("ENAMETOOLONG");
  }

  @Test
  void namesThatAreNoTextKeepTheirBytes() throws IOException {
    file("bad\udce9name", "x");
    unpack();
    int top = calls.openDirectory(layer);
    assertThat(calls.names(top)).containsExactly("bad\udce9name");
    calls.close(top);
  }

  @Test
  void messagesShowNoControlCharacters() throws IOException {
    file("../\u001b[31mred", "x");
    assertThatThrownBy(this::unpack).hasMessageContaining("../?[31mred");
  }

  @Test
  void attributesOfOverlayfsAreNotTakenFromArchives() throws IOException {
    tar.write(
        new TarEntry(
            "f",
            TarEntry.Type.FILE,
            0644,
            uid(),
            uid(),
            0,
            0,
            "",
            0,
            0,
            Map.of(
                "trusted.overlay.redirect",
                new byte[] {'/'},
                "user.overlay.opaque",
                new byte[] {'y'},
                "security.selinux",
                new byte[] {1})));
    unpack();
    int top = calls.openDirectory(layer);
    assertThat(calls.attributes(top, "f"))
        .doesNotContainKeys("trusted.overlay.redirect", "user.overlay.opaque");
    calls.close(top);
  }

  private static long uid() {
    return new com.sun.security.auth.module.UnixSystem().getUid();
  }

  private void file(String name, String content) throws IOException {
    file(name, 0644, content);
  }

  private void file(String name, int mode, String content) throws IOException {
    byte[] text = content.getBytes(StandardCharsets.UTF_8);
    tar.write(
        new TarEntry(
            name, TarEntry.Type.FILE, mode, uid(), uid(), text.length, 5, "", 0, 0, Map.of()),
        new ByteArrayInputStream(text));
  }

  private void directory(String name, int mode) throws IOException {
    tar.write(
        new TarEntry(
            name + "/", TarEntry.Type.DIRECTORY, mode, uid(), uid(), 0, 6, "", 0, 0, Map.of()));
  }

  private void hardLink(String name, String target) throws IOException {
    tar.write(
        new TarEntry(
            name, TarEntry.Type.HARD_LINK, 0644, uid(), uid(), 0, 0, target, 0, 0, Map.of()));
  }

  private Unpacked unpack() throws IOException {
    return LayerUnpacker.unpack(calls, new ByteArrayInputStream(bytes.toByteArray()), layer);
  }

  private int mode(String name) throws IOException {
    return (Integer) Files.getAttribute(layer.resolve(name), "unix:mode") & 07777;
  }

  private void nothingEscaped() throws IOException {
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).isEmpty();
    }
    assertThat(temporary.resolve("escape")).doesNotExist();
  }
}
