package dev.jcompose.engine.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final long SEED = 20_261_125;

  @Test
  void givesAllBytesInOrderWhetherTheyAreLentOrCopied() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 40; round++) {
      // Around a whole number of pieces, where the end is easily missed.
      byte[] content = new byte[random.nextInt(7) * (1 << 18) + Math.max(0, random.nextInt(5) - 2)];
      random.nextBytes(content);
      MessageDigest sha256 = Digest.sha256();
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      try (ReadAhead ahead = new ReadAhead(new ByteArrayInputStream(content), sha256)) {
        boolean more = true;
        while (more) {
          int most = 1 + random.nextInt(400_000);
          byte[] bytes = random.nextBoolean() ? copied(ahead, most) : lent(ahead, most);
          out.writeBytes(bytes);
          more = bytes.length > 0;
        }
        assertThat(ahead.lend(1)).isNull();
        assertThat(ahead.read()).isEqualTo(-1);
      }

      String what = "seed " + SEED + ", round " + round;
      assertThat(out.toByteArray()).as(what).isEqualTo(content);
      assertThat(sha256.digest()).as(what).isEqualTo(Digest.sha256().digest(content));
    }
  }

  @Test
  void failsWhereTheStreamDoesAndGivesWhatWasWholeBefore() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the line is cut");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("the line is cut");
          }
        };
    InputStream in = new SequenceInputStream(new ByteArrayInputStream(new byte[1 << 18]), broken);
    try (ReadAhead ahead = new ReadAhead(in, Digest.sha256())) {
      assertThat(ahead.readNBytes(1 << 18)).hasSize(1 << 18);
      assertThatThrownBy(() -> ahead.lend(1))
          .isInstanceOf(IOException.class)
          .hasMessage("the line is cut");
    }
  }

  @Test
  void letsGoOfAStreamThatNobodyReadsToItsEnd() throws IOException {
    ReadAhead ahead = new ReadAhead(new ByteArrayInputStream(new byte[1 << 22]), Digest.sha256());
    assertThat(lent(ahead, 10)).hasSize(10);
    ahead.close();
    ahead.close();
    assertThatThrownBy(ahead::read).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] copied(ReadAhead ahead, int most) throws IOException {
    byte[] bytes = new byte[most];
    int count = ahead.read(bytes, 0, most);
    return Arrays.copyOf(bytes, Math.max(0, count));
  }

  private static byte[] lent(ReadAhead ahead, int most) throws IOException {
    ByteBuffer piece = ahead.lend(most);
    byte[] bytes = new byte[piece == null ? 0 : piece.remaining()];
    if (piece != null) {
      piece.get(bytes);
    }
    return bytes;
  }
}
