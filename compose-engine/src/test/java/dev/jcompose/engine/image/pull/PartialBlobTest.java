package dev.jcompose.engine.image.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartialBlobTest {
  private static final long SEED = 11;

  @TempDir Path disk;

  /** A file system that can be written past the page cache, perhaps, and one that never can. */
  static Stream<Path> memory() throws IOException {
    Path shm = Path.of("/dev/shm");
    return Files.isWritable(shm)
        ? Stream.of(Files.createTempDirectory(shm, "partial-blob"))
        : Stream.of();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, PartialBlob.CHUNK - 1, PartialBlob.CHUNK, 3_300_001})
  void whatWasWrittenCanBeReadWhileItGrows(int size) throws Exception {
    growsAndIsRead(disk.resolve("blob"), bytes(size));
  }

  @ParameterizedTest
  @MethodSource("memory")
  void aFileSystemWithoutDirectAccessDoesItToo(Path memory) throws Exception {
    try {
      growsAndIsRead(memory.resolve("blob"), bytes(2_500_000));
    } finally {
      Files.deleteIfExists(memory.resolve("blob"));
      Files.delete(memory);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4095, 4096, 1_234_567, 2_500_000})
  void goesOnAfterTheLastWholeBlockOfWhatIsThere(int there) throws Exception {
    byte[] blob = bytes(2_500_000);
    Path file = disk.resolve("blob");
    Files.write(file, Arrays.copyOf(blob, there));
    MessageDigest sha256 = Digest.sha256();

    try (PartialBlob partial = PartialBlob.open(file)) {
      int kept = (int) partial.resume(sha256, blob.length);

      assertThat(kept).isBetween(there - 4095, there).matches(bytes -> bytes % 4096 == 0);
      assertThat(Digest.of(sha256)).isEqualTo(Digest.of(Arrays.copyOf(blob, kept)));
      byte[] rest = Arrays.copyOfRange(blob, kept, blob.length);
      partial.append(rest, rest.length);
    }

    assertThat(file).hasBinaryContent(blob);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5000, 1_500_000})
  void keepsWhatHasArrivedWhenItIsGivenUp(int arrived) throws Exception {
    byte[] blob = bytes(arrived);
    Path file = disk.resolve("blob");

    try (PartialBlob partial = PartialBlob.open(file)) {
      partial.append(blob, blob.length);
    }

    assertThat(file).hasBinaryContent(blob);
  }

  private static void growsAndIsRead(Path file, byte[] blob) throws IOException {
    byte[] read = new byte[blob.length];
    Random pieces = new Random(SEED);
    try (PartialBlob partial = PartialBlob.open(file);
        PartialBlob.Reader reader = PartialBlob.Reader.open(file)) {
      partial.resume(Digest.sha256(), blob.length);
      for (int at = 0; at < blob.length; ) {
        int count = Math.min(blob.length - at, pieces.nextInt(1, 100_000));
        partial.append(Arrays.copyOfRange(blob, at, at + count), count);
        at += count;
        take(reader, partial.written(), read);
      }
      partial.finish();
      take(reader, partial.written(), read);
    }
    assertThat(read).as("seed %d", SEED).isEqualTo(blob);
  }

  private static void take(PartialBlob.Reader reader, long available, byte[] into)
      throws IOException {
    while (reader.position() < available) {
      int at = (int) reader.position();
      assertThat(reader.read(into, at, Math.min(70_000, into.length - at), available)).isPositive();
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(SEED).nextBytes(bytes);
    return bytes;
  }
}
