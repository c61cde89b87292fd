package dev.jcompose.engine.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.linux.jna.IsalState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ISA-L's inflater does what Java's does. */
class GunzipStreamTest {
  private static final long SEED = 20_261_125;

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        IsalState.isPresent(),
        "SKIPPED: libisal2 is not installed, so nothing compares its inflater with Java's; apt-get"
            + " install libisal2");
  }

  @Test
  void bothInflatersReadTheSameFromManyMembersInPiecesOfAnySize() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 150; round++) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      byte[] file = file(random, content);
      String what = "seed " + SEED + ", round " + round;

      assertThat(read(file, new RawInflater.Isal(), random)).as(what).isEqualTo(bytes(content));
      assertThat(read(file, new RawInflater.Jdk(), random)).as(what).isEqualTo(bytes(content));
    }
  }

  @Test
  void bothInflatersRefuseWhatIsCutOff() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 150; round++) {
      byte[] member = member(content(random, random.nextInt(100_000)), random);
      byte[] file = Arrays.copyOf(member, 1 + random.nextInt(member.length - 1));

      String isal = refusal(file, new RawInflater.Isal(), random);
      assertThat(isal)
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(refusal(file, new RawInflater.Jdk(), random))
          .isEqualTo("the gzip data end too early");
    }
  }

  @Test
  void bothInflatersRefuseWhatIsDamagedOrReadItAlike() {
    Random random = new Random(SEED);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] file = member(content(random, 1 + random.nextInt(100_000)), random);
      file[10 + random.nextInt(file.length - 10)] ^= (byte) (1 << random.nextInt(8));

      String isal = refusal(file, new RawInflater.Isal(), random);
      String jdk = refusal(file, new RawInflater.Jdk(), random);
      assertThat(isal.isEmpty()).as("seed %d, round %d", SEED, round).isEqualTo(jdk.isEmpty());
      assertThat(isal)
          .isIn(
              "",
              "the gzip data are damaged",
              "the gzip data are damaged: their checksum is wrong",
              "the gzip data end too early");
      refused += isal.isEmpty() ? 0 : 1;
    }
    assertThat(refused).as("seed " + SEED).isGreaterThan(250);
  }

  @Test
  void touchesNoMemoryAfterTheStreamIsClosed() throws IOException {
    byte[] file = member(new byte[1000], new Random(SEED));
    InputStream in = new GunzipStream(new ByteArrayInputStream(file), new RawInflater.Isal());
    assertThat(in.read()).isZero();
    in.close();
    in.close();

    assertThatThrownBy(in::read).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] bytes(ByteArrayOutputStream bytes) {
    return bytes.toByteArray();
  }

  /** One to four members, at times with padding behind them. */
  private static byte[] file(Random random, ByteArrayOutputStream content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int members = 1 + random.nextInt(4); members > 0; members--) {
      int size = random.nextInt(4) == 0 ? random.nextInt(20) : random.nextInt(400_000);
      byte[] part = content(random, size);
      content.writeBytes(part);
      file.writeBytes(member(part, random));
    }
    if (random.nextBoolean()) {
      file.writeBytes(new byte[random.nextInt(20)]);
    }
    return file.toByteArray();
  }

  /** Noise, runs and repetitions from up to 32 KiB before. */
  private static byte[] content(Random random, int size) {
    byte[] bytes = new byte[size];
    int at = 0;
    while (at < size) {
      int length = Math.min(size - at, 1 + random.nextInt(2000));
      switch (random.nextInt(3)) {
        case 0 -> {
          for (int i = at; i < at + length; i++) {
            bytes[i] = (byte) random.nextInt();
          }
        }
        case 1 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt());
        default -> {
          int back = at == 0 ? 0 : 1 + random.nextInt(Math.min(at, 1 << 15));
          for (int i = at; i < at + length; i++) {
            bytes[i] = back == 0 ? 7 : bytes[i - back];
          }
        }
      }
      at += length;
    }
    return bytes;
  }

  private static byte[] member(byte[] content, Random random) {
    int level = random.nextInt(10);
    int strategy = random.nextInt(3);
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(content);
    out.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) crc.getValue())
            .putInt(content.length)
            .array());
    return out.toByteArray();
  }

  /** The sentence of the failure; empty when there is none. */
  private static String refusal(byte[] file, RawInflater inflater, Random random) {
    try {
      read(file, inflater, random);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Reads pieces of any size out of a source that gives pieces of any size. */
  private static byte[] read(byte[] file, RawInflater inflater, Random random) throws IOException {
    int mostIn = 1 << random.nextInt(18);
    int mostOut = 1 << random.nextInt(20);
    InputStream source =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(mostIn)));
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[mostOut];
    boolean outsideTheHeap = random.nextBoolean();
    ByteBuffer direct = ByteBuffer.allocateDirect(mostOut);
    try (GunzipStream in = new GunzipStream(source, inflater)) {
      int count = 0;
      while (count >= 0) {
        out.write(piece, 0, count);
        int most = 1 + random.nextInt(mostOut);
        if (outsideTheHeap) {
          count = in.read(direct.clear().limit(most));
          direct.flip().get(piece, 0, direct.limit());
        } else {
          count = in.read(piece, 0, most);
        }
      }
    }
    return out.toByteArray();
  }
}
