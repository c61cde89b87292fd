package dev.jcompose.engine.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.linux.files.TreeRemoval;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners, devices, capabilities and overlayfs' marks, which only root may set. */
class LayerUnpackerIT {
  /** cap_net_raw=ep, as {@code setcap} writes it; bytes that are no text. */
  private static final byte[] CAPABILITY = {
    1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80
  };

  private final FileCalls calls = new JnaFileCalls();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarWriter tar = new TarWriter(bytes);
  private Path temporary = Path.of("/nonexistent");
  private Path layer = temporary;

  @BeforeEach
  void makeDirectories() throws IOException {
    assumeTrue(
        new com.sun.security.auth.module.UnixSystem().getUid() == 0,
        "SKIPPED: owners and devices need root");
    temporary = Files.createTempDirectory("jcompose-layer");
    layer = Files.createDirectory(temporary.resolve("layer"));
  }

  @AfterEach
  void delete() {
    if (Files.exists(temporary)) {
      TreeRemoval.remove(calls, temporary);
    }
  }

  @Test
  void setsOwnersModesCapabilitiesAndTimes() throws IOException {
    add("mail/", TarEntry.Type.DIRECTORY, 02775, 8, "", Map.of());
    add("mail/box", TarEntry.Type.FILE, 0600, 0, "", Map.of());
    add("su", TarEntry.Type.FILE, 04755, 0, "", Map.of());
    add("owned", TarEntry.Type.FILE, 06750, 1234, "", Map.of());
    add("ping", TarEntry.Type.FILE, 0755, 7, "", Map.of("security.capability", CAPABILITY));
    add("link", TarEntry.Type.SYMLINK, 0777, 99, "nowhere", Map.of());
    unpack();
    assertThat(facts("mail").permissions()).isEqualTo(02775);
    assertThat(facts("mail").gid()).isEqualTo(8);
    assertThat(inside("mail", "box").gid()).as("the directory's group is not inherited").isZero();
    assertThat(facts("su").permissions()).isEqualTo(04755);
    assertThat(facts("owned").permissions()).isEqualTo(06750);
    assertThat(facts("owned").uid()).isEqualTo(1234);
    assertThat(attributes("ping").get("security.capability")).isEqualTo(CAPABILITY);
    assertThat(facts("link").uid()).isEqualTo(99);
    assertThat(facts("link").mtime()).isEqualTo(1_000);
  }

  @Test
  void makesDevicesAndPipes() throws IOException {
    node("null", TarEntry.Type.CHARACTER_DEVICE, 1, 3);
    node("disk", TarEntry.Type.BLOCK_DEVICE, 259, 70_000);
    node("pipe", TarEntry.Type.FIFO, 0, 0);
    unpack();
    assertThat(facts("null").mode()).isEqualTo(0020640);
    assertThat(List.of(facts("disk").nodeMajor(), facts("disk").nodeMinor()))
        .containsExactly(259, 70_000);
    assertThat(facts("pipe").type()).isEqualTo(0010000);
  }

  @Test
  void refusesDevicesThatCannotBe() throws IOException {
    node("x", TarEntry.Type.CHARACTER_DEVICE, 4096, 0);
    assertThatThrownBy(this::unpack).hasMessageContaining("no device 4096:0");
  }

  @Test
  void deletionsBecomeOverlaysMarksAndArchivesAgain() throws IOException {
    add("etc/", TarEntry.Type.DIRECTORY, 0755, 0, "", Map.of());
    add("etc/.wh.passwd", TarEntry.Type.FILE, 0, 0, "", Map.of());
    add("opaque/", TarEntry.Type.DIRECTORY, 0755, 0, "", Map.of());
    add("opaque/before", TarEntry.Type.FILE, 0644, 0, "", Map.of());
    add("opaque/.wh..wh..opq", TarEntry.Type.FILE, 0, 0, "", Map.of());
    add("opaque/after", TarEntry.Type.FILE, 0644, 0, "", Map.of());
    unpack();
    FileFacts mark = inside("etc", "passwd");
    assertThat(mark.mode() & 0170000).isEqualTo(0020000);
    assertThat(List.of(mark.nodeMajor(), mark.nodeMinor())).containsExactly(0, 0);
    assertThat(attributes("opaque").get("trusted.overlay.opaque")).containsExactly('y');
    assertThat(inside("opaque", "before")).isNotNull();

    Path again = Files.createDirectory(temporary.resolve("again"));
    byte[] archive = archive(layer);
    LayerUnpacker.unpack(calls, new ByteArrayInputStream(archive), again);
    assertThat(archive(again)).isEqualTo(archive);
  }

  @Test
  void overlayfsUnderstandsTheMarks() throws Exception {
    Path lower = Files.createDirectories(temporary.resolve("lower"));
    Files.createDirectories(lower.resolve("opaque"));
    Files.writeString(lower.resolve("opaque/hidden"), "x");
    Files.writeString(lower.resolve("deleted"), "x");
    Files.writeString(lower.resolve("kept"), "x");
    Files.createDirectories(lower.resolve("replaced"));
    Files.writeString(lower.resolve("replaced/old"), "x");
    add(".wh.deleted", TarEntry.Type.FILE, 0, 0, "", Map.of());
    add("opaque/.wh..wh..opq", TarEntry.Type.FILE, 0, 0, "", Map.of());
    add("opaque/own", TarEntry.Type.FILE, 0644, 0, "", Map.of());
    add(".wh.replaced", TarEntry.Type.FILE, 0, 0, "", Map.of());
    add("replaced/", TarEntry.Type.DIRECTORY, 0755, 0, "", Map.of());
    add("replaced/new", TarEntry.Type.FILE, 0644, 0, "", Map.of());
    unpack();
    Path merged = Files.createDirectory(temporary.resolve("merged"));
    Process process =
        new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-ec",
                "mount -t overlay overlay -o ro,lowerdir=%s:%s %s; cd %s; find . | sort"
                    .formatted(layer, lower, merged, merged))
            .redirectErrorStream(true)
            .start();
    try (var out = process.getInputStream()) {
      assertThat(new String(out.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(".\n./kept\n./opaque\n./opaque/own\n./replaced\n./replaced/new\n");
    }
  }

  @Test
  void anImpliedDirectoryTakesOwnerAndModeFromTheLayerBelow() throws IOException {
    add("var/secret/", TarEntry.Type.DIRECTORY, 0700, 55, "", Map.of());
    unpack();
    Path upper = Files.createDirectory(temporary.resolve("upper"));
    bytes.reset();
    add("var/secret/file", TarEntry.Type.FILE, 0644, 0, "", Map.of());
    Unpacked unpacked =
        LayerUnpacker.unpack(calls, new ByteArrayInputStream(bytes.toByteArray()), upper);
    assertThat(unpacked.implied()).containsExactlyInAnyOrder("var", "var/secret");
    ImpliedDirectories.settle(calls, upper, unpacked.implied(), List.of(layer));
    int var = calls.openDirectory(upper.resolve("var"));
    FileFacts secret = Objects.requireNonNull(calls.facts(var, "secret"));
    calls.close(var);
    assertThat(secret.permissions()).isEqualTo(0700);
    assertThat(secret.uid()).isEqualTo(55);
    assertThat(secret.mtime()).isEqualTo(1_000);
  }

  @Test
  void agreesWithTarAboutThisMachinesConfiguration() throws Exception {
    Path archive = temporary.resolve("etc.tar");
    assertThat(
            new ProcessBuilder("tar", "--xattrs", "-C", "/", "-cf", archive.toString(), "etc")
                .redirectErrorStream(true)
                .start()
                .waitFor())
        .isZero();
    Path reference = Files.createDirectory(temporary.resolve("reference"));
    assertThat(
            new ProcessBuilder("tar", "-C", reference.toString(), "-xpf", archive.toString())
                .start()
                .waitFor())
        .isZero();
    try (var in = Files.newInputStream(archive)) {
      LayerUnpacker.unpack(calls, new java.io.BufferedInputStream(in, 1 << 16), layer);
    }
    assertThat(Digest.of(archive(layer))).isEqualTo(Digest.of(archive(reference)));
  }

  private byte[] archive(Path directory) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerArchive.write(calls, directory, out);
    return out.toByteArray();
  }

  private void add(
      String name,
      TarEntry.Type type,
      int mode,
      long owner,
      String link,
      Map<String, byte[]> attributes)
      throws IOException {
    tar.write(
        new TarEntry(
            name, type, mode, owner, owner, 0, 1_000, link, 0, 0, new TreeMap<>(attributes)));
  }

  private void node(String name, TarEntry.Type type, int major, int minor) throws IOException {
    tar.write(new TarEntry(name, type, 0640, 0, 0, 0, 1_000, "", major, minor, Map.of()));
  }

  private void unpack() throws IOException {
    LayerUnpacker.unpack(calls, new ByteArrayInputStream(bytes.toByteArray()), layer);
  }

  private FileFacts facts(String name) {
    int top = calls.openDirectory(layer);
    try {
      return Objects.requireNonNull(calls.facts(top, name));
    } finally {
      calls.close(top);
    }
  }

  private FileFacts inside(String directory, String name) {
    int opened = calls.openDirectory(layer.resolve(directory));
    try {
      return Objects.requireNonNull(calls.facts(opened, name));
    } finally {
      calls.close(opened);
    }
  }

  private Map<String, byte[]> attributes(String name) {
    int top = calls.openDirectory(layer);
    try {
      return calls.attributes(top, name);
    } finally {
      calls.close(top);
    }
  }
}
