package dev.jcompose.engine.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {
  private static final int BLOCK = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK + 12_345})
  void anyGunzipReadsOurBlocks(int size) throws IOException {
    byte[] content = content(size);
    byte[] compressed = compress(content, 65_536);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
        .isEqualTo(content);
    assertThat(compressed.length).isLessThan(size * 3 / 4 + 64);
  }

  @Test
  void dependsOnTheBytesAndNotOnHowTheyWereWritten() throws IOException {
    byte[] content = content(2 * BLOCK + 99);
    assertThat(compress(content, 1 << 22)).isEqualTo(compress(content, 7919));
  }

  private static byte[] compress(byte[] content, int step) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GzipStream(bytes)) {
      for (int at = 0; at < content.length; at += step) {
        out.write(content, at, Math.min(step, content.length - at));
      }
    }
    return bytes.toByteArray();
  }

  /** Half noise, half repetition. */
  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(7).nextBytes(content);
    for (int i = 0; i < size; i++) {
      if ((i >> 9 & 1) == 0) {
        content[i] = (byte) (i & 15);
      }
    }
    return content;
  }
}
