package dev.jcompose.engine.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressionTest {
  private static final byte[] CONTENT = content(300_000);
  private static final byte[] MORE = "more".getBytes(StandardCharsets.UTF_8);

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    Arrays.fill(bytes, size / 3, size / 2, (byte) 'x');
    return bytes;
  }

  @Test
  void readsAllMembersOfAGzipFileAndStopsAtThePaddingBehindThem() throws IOException {
    byte[] file = join(gzip(CONTENT), gzip(MORE), new byte[512]);

    assertThat(expand(file)).isEqualTo(join(CONTENT, MORE));
  }

  @Test
  void takesNoPauseOfTheSenderForTheEnd() throws IOException {
    byte[] file = join(gzip(CONTENT), gzip(CONTENT));
    InputStream dripping =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 7));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };

    assertThat(Compression.expand(dripping).readAllBytes()).isEqualTo(join(CONTENT, CONTENT));
  }

  @Test
  void readsAllFramesOfAZstdFileWithSkippableOnes() throws IOException {
    byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2};
    byte[] file = join(skippable, Zstd.compress(CONTENT), Zstd.compress(MORE));

    assertThat(expand(file)).isEqualTo(join(CONTENT, MORE));
  }

  @Test
  void readsAllStreamsOfBzip2AndXzFiles() throws IOException {
    assertThat(expand(join(bzip2(CONTENT), bzip2(MORE)))).isEqualTo(join(CONTENT, MORE));
    assertThat(expand(join(xz(CONTENT, 9), xz(MORE, 0)))).isEqualTo(join(CONTENT, MORE));
  }

  @Test
  void tellsThatWhatBeginsAsCompressedDataIsNone() {
    assertThatThrownBy(() -> expand("BZh9 and words".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> expand(Arrays.copyOf(xz(CONTENT, 6), 40)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void stopsAtDataThatGrowBeyondAllMeasure(Compression compression) throws IOException {
    byte[] zeros = new byte[1_000_000];
    byte[] bomb =
        switch (compression) {
          case NONE -> zeros;
          case GZIP -> gzip(zeros);
          case ZSTD -> Zstd.compress(zeros);
          case BZIP2 -> bzip2(zeros);
          case XZ -> xz(zeros, 6);
        };

    assertThat(expand(bomb)).as("small enough to be harmless").isEqualTo(zeros);
    assertThatThrownBy(() -> limited(bomb, compression, 100_000, 100))
        .hasMessageContaining("grow to more than")
        .hasMessageContaining("decompress them yourself");
    assertThat(limited(gzip(CONTENT), Compression.GZIP, 1000, 3)).isEqualTo(CONTENT);
  }

  private static byte[] limited(byte[] file, Compression compression, long free, long ratio)
      throws IOException {
    try (InputStream in =
        ExpansionLimit.limited(
            new ByteArrayInputStream(file), compression::decompressor, free, ratio)) {
      return in.readAllBytes();
    }
  }

  @Test
  void leavesWhatIsNotCompressedAlone() throws IOException {
    assertThat(expand(CONTENT)).isEqualTo(CONTENT);
    assertThat(expand(new byte[] {1})).isEqualTo(new byte[] {1});
    assertThat(expand(new byte[0])).isEmpty();
  }

  @Test
  void tellsThatCompressedDataEndTooEarly() {
    byte[] gzip = gzip(CONTENT);
    byte[] zstd = Zstd.compress(CONTENT);

    assertThatThrownBy(() -> expand(Arrays.copyOf(gzip, gzip.length - 9)))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> expand(Arrays.copyOf(zstd, zstd.length - 9)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void tellsThatTheChecksumIsWrong() {
    byte[] gzip = gzip(CONTENT);
    gzip[gzip.length - 6] ^= 1;

    assertThatThrownBy(() -> expand(gzip)).hasMessageContaining("checksum");
  }

  private static byte[] expand(byte[] file) throws IOException {
    try (InputStream in = Compression.expand(new ByteArrayInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bzip2(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] xz(byte[] content, int preset) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(bytes, new LZMA2Options(preset))) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
