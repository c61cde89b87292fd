package dev.jcompose.engine.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TarTest {
  private static final String LONG = "d/".repeat(120) + "naïve\udce9";

  @Test
  void readsWhatItWrites() throws IOException {
    List<TarEntry> entries =
        List.of(
            TarEntry.directory("a", 01755, 5),
            TarEntry.file("a/file", 0644, 3, 1_700_000_000),
            new TarEntry(
                LONG,
                TarEntry.Type.FILE,
                04755,
                1000,
                3_000_000_000L,
                3,
                99_999_999_999L,
                "",
                0,
                0,
                Map.of("security.capability", new byte[] {1, 0, -1, -128, '\n', '='})),
            TarEntry.symlink("a/link", LONG, 0),
            new TarEntry(
                "a/hard", TarEntry.Type.HARD_LINK, 0644, 0, 0, 0, 0, "a/file", 0, 0, Map.of()),
            new TarEntry(
                "tty", TarEntry.Type.CHARACTER_DEVICE, 0620, 0, 5, 0, 0, "", 4, 64, Map.of()),
            new TarEntry("pipe", TarEntry.Type.FIFO, 0600, 0, 0, 0, 0, "", 0, 0, Map.of()));
    TarReader reader = new TarReader(new ByteArrayInputStream(archive(entries)));
    for (TarEntry expected : entries) {
      TarEntry entry = Objects.requireNonNull(reader.next());
      assertThat(entry).usingRecursiveComparison().ignoringFields("xattrs").isEqualTo(expected);
      assertThat(entry.xattrs().keySet()).isEqualTo(expected.xattrs().keySet());
      entry
          .xattrs()
          .forEach((name, value) -> assertThat(value).isEqualTo(expected.xattrs().get(name)));
      assertThat(reader.content().readAllBytes()).hasSize((int) expected.size());
    }
    assertThat(reader.next()).isNull();
  }

  @Test
  void equalEntriesGiveEqualBytes() throws IOException {
    List<TarEntry> entries = List.of(TarEntry.file("x", 0644, 3, 1), TarEntry.file(LONG, 0, 3, 1));
    assertThat(archive(entries)).isEqualTo(archive(entries));
  }

  @Test
  void contentThatIsNotReadIsSkipped() throws IOException {
    TarReader reader =
        new TarReader(
            new ByteArrayInputStream(
                archive(List.of(TarEntry.file("a", 0, 3000, 0), TarEntry.file("b", 0, 3, 0)))));
    reader.next();
    assertThat(Objects.requireNonNull(reader.next()).name()).isEqualTo("b");
  }

  @Test
  void aFileThatShrankIsAnError() {
    TarWriter writer = new TarWriter(new ByteArrayOutputStream());
    assertThatThrownBy(
            () -> writer.write(TarEntry.file("a", 0, 10, 0), new ByteArrayInputStream(new byte[4])))
        .hasMessageContaining("6 bytes early");
  }

  @Test
  void readsNumbersInBase256AndOldDirectories() throws IOException {
    byte[] block = Arrays.copyOf(archive(List.of(TarEntry.file("old/", 0755, 0, 0))), 512);
    Arrays.fill(block, 108, 116, (byte) 0);
    block[108] = (byte) 0x80;
    block[112] = 1;
    block[156] = 0;
    sum(block);
    TarEntry entry = Objects.requireNonNull(new TarReader(new ByteArrayInputStream(block)).next());
    assertThat(entry.uid()).isEqualTo(1L << 24);
    assertThat(entry.type()).isEqualTo(TarEntry.Type.DIRECTORY);
  }

  @Test
  void negativeTimesAreTheEpochAndNegativeSizesAnError() throws IOException {
    byte[] block = Arrays.copyOf(archive(List.of(TarEntry.file("x", 0, 0, 0))), 512);
    Arrays.fill(block, 136, 148, (byte) 0xff);
    sum(block);
    assertThat(
            Objects.requireNonNull(new TarReader(new ByteArrayInputStream(block)).next()).mtime())
        .isZero();
    Arrays.fill(block, 124, 136, (byte) 0xff);
    sum(block);
    assertThatThrownBy(() -> new TarReader(new ByteArrayInputStream(block)).next())
        .isInstanceOf(MalformedTarException.class)
        .hasMessageContaining("negative size");
  }

  @Test
  void sizesOfWhatIsNoFileBringNoContent() throws IOException {
    byte[] archive =
        archive(List.of(TarEntry.symlink("link", "target", 0), TarEntry.file("b", 0, 3, 0)));
    archive[124 + 10] = '7';
    byte[] header = Arrays.copyOf(archive, 512);
    sum(header);
    System.arraycopy(header, 0, archive, 0, 512);
    TarReader reader = new TarReader(new ByteArrayInputStream(archive));
    assertThat(Objects.requireNonNull(reader.next()).size()).isZero();
    assertThat(Objects.requireNonNull(reader.next()).name()).isEqualTo("b");
  }

  @Test
  void saysWhereAnArchiveIsBroken() throws IOException {
    byte[] archive = archive(List.of(TarEntry.file("a", 0, 3, 0), TarEntry.file("b", 0, 3, 0)));
    archive[1024 + 5] ^= 1;
    TarReader reader = new TarReader(new ByteArrayInputStream(archive));
    reader.next();
    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedTarException.class)
        .hasMessageContaining("byte 1024")
        .hasMessageContaining("checksum");
    assertThatThrownBy(() -> new TarReader(stream("no archive")).next())
        .hasMessageContaining("ends inside a header");
    TarReader cut = new TarReader(new ByteArrayInputStream(archive, 0, 600));
    cut.next();
    assertThatThrownBy(cut::next).hasMessageContaining("ends inside a file");
  }

  @Test
  void noBytesMakeTheReaderFailInAnotherWay() throws IOException {
    byte[] archive =
        archive(
            List.of(
                TarEntry.file(LONG, 0644, 3, 1),
                TarEntry.symlink("l", LONG, 0),
                sparse("s", "3,1")));
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = archive.clone();
      int at = random.nextInt(damaged.length / 512) * 512;
      for (int change = random.nextInt(4); change >= 0; change--) {
        damaged[at + random.nextInt(512)] = (byte) random.nextInt();
      }
      byte[] header = Arrays.copyOfRange(damaged, at, at + 512);
      sum(header);
      System.arraycopy(header, 0, damaged, at, 512);
      try {
        TarReader reader = new TarReader(new ByteArrayInputStream(damaged));
        while (reader.next() != null) {
          reader.content().skip(10_000);
        }
      } catch (IOException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }

  @Test
  void fillsTheHolesOfSparseFiles() throws IOException {
    TarReader reader =
        new TarReader(new ByteArrayInputStream(archive(List.of(sparse("s", "2,1,5,2,9,0")))));
    TarEntry entry = Objects.requireNonNull(reader.next());
    assertThat(entry.name()).isEqualTo("s");
    assertThat(entry.size()).isEqualTo(9);
    assertThat(reader.content().readAllBytes())
        .isEqualTo(new byte[] {0, 0, 'x', 0, 0, 'x', 'x', 0, 0});
  }

  /** Three stored bytes, and a map in an extended header that says where they belong. */
  private static TarEntry sparse(String name, String map) {
    return new TarEntry(
        "GNUSparseFile.0/" + name,
        TarEntry.Type.FILE,
        0644,
        0,
        0,
        3,
        0,
        "",
        0,
        0,
        Map.of("\0map", map.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] archive(List<TarEntry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(out)) {
      for (TarEntry entry : entries) {
        byte[] map = entry.xattrs().get("\0map");
        if (map != null) {
          out.writeBytes(sparseHeader(map));
        }
        writer.write(
            map == null ? entry : TarEntry.file(entry.name(), 0644, 3, 0), new Repeated('x'));
      }
    }
    return out.toByteArray();
  }

  private static byte[] sparseHeader(byte[] map) {
    byte[] pax = pax("GNU.sparse.name", "s");
    byte[] all =
        concat(
            concat(pax, pax("GNU.sparse.size", "9")),
            pax("GNU.sparse.map", new String(map, StandardCharsets.US_ASCII)));
    byte[] header = new byte[512];
    header[0] = 'p';
    byte[] size = "%011o".formatted(all.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, 11);
    header[156] = 'x';
    System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
    sum(header);
    return concat(header, Arrays.copyOf(all, 512));
  }

  private static byte[] pax(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.length() + 2;
    return (length + rest).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static void sum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    System.arraycopy(
        "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Endless content. */
  private static final class Repeated extends InputStream {
    private final char c;

    Repeated(char c) {
      this.c = c;
    }

    @Override
    public int read() {
      return c;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) c);
      return length;
    }
  }

  @Test
  void namesAreNotMixedUpBetweenMembers() throws IOException {
    List<String> names = new ArrayList<>();
    TarReader reader =
        new TarReader(
            new ByteArrayInputStream(
                archive(List.of(TarEntry.file(LONG, 0, 3, 0), TarEntry.file("short", 0, 3, 0)))));
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      names.add(entry.name());
    }
    assertThat(names).containsExactly(LONG, "short");
  }
}
