package dev.jcompose.engine.build.tree;

import dev.jcompose.engine.image.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Digests of files that were read before, so that a build reads only what has changed. They are
 * kept in one file, which may be lost at any time.
 */
public final class FileDigests {
  private static final System.Logger LOG = System.getLogger(FileDigests.class.getName());
  private static final int MAGIC = 0x6a63_6431;
  private static final int MOST = 2_000_000;
  private static final int FORGOTTEN_AFTER_DAYS = 30;
  private static final long DAY_MILLIS = 86_400_000L;

  /** File systems stamp times with the kernel's tick, 10 ms at the coarsest. */
  private static final long TICK_NANOS = 20_000_000L;

  private record Known(String hex, int day) {}

  private final Path file;
  private final Map<FileStamp, Known> known = new ConcurrentHashMap<>();
  private final AtomicBoolean changed = new AtomicBoolean();
  private boolean loaded;

  /**
   * @param file where they are kept
   */
  public FileDigests(Path file) {
    this.file = file;
  }

  @Nullable Digest find(FileStamp stamp) {
    load();
    Known found = known.get(stamp);
    if (found == null) {
      return null;
    }
    if (found.day() != today()) {
      known.put(stamp, new Known(found.hex(), today()));
      changed.set(true);
    }
    return new Digest(found.hex());
  }

  /**
   * Remembers a digest, unless the file was changed so lately that another change might leave no
   * trace in its times.
   *
   * @param readAtNanos wall-clock time when reading began, nanoseconds since 1970
   */
  void remember(FileStamp stamp, Digest digest, long readAtNanos) {
    if (stamp.ctimeNanos() < readAtNanos - TICK_NANOS) {
      known.put(stamp, new Known(digest.hex(), today()));
      changed.set(true);
    }
  }

  private static int today() {
    return (int) (System.currentTimeMillis() / DAY_MILLIS);
  }

  private synchronized void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    if (!Files.exists(file)) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readInt() != MAGIC) {
        return;
      }
      int count = in.readInt();
      byte[] digest = new byte[32];
      for (int i = 0; i < count; i++) {
        FileStamp stamp =
            new FileStamp(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
        int day = in.readInt();
        in.readFully(digest);
        if (today() - day <= FORGOTTEN_AFTER_DAYS) {
          known.put(stamp, new Known(HexFormat.of().formatHex(digest), day));
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "the digests in " + file + " are read anew: " + e);
    }
  }

  /** Writes what was learned to disk; a failure costs only time later. */
  public void save() {
    if (!changed.getAndSet(false)) {
      return;
    }
    if (known.size() > MOST) {
      known.clear();
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(known.size() * 76 + 8);
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        Map<FileStamp, Known> all = Map.copyOf(known);
        out.writeInt(MAGIC);
        out.writeInt(all.size());
        for (Map.Entry<FileStamp, Known> entry : all.entrySet()) {
          FileStamp stamp = entry.getKey();
          out.writeLong(stamp.device());
          out.writeLong(stamp.inode());
          out.writeLong(stamp.size());
          out.writeLong(stamp.mtimeNanos());
          out.writeLong(stamp.ctimeNanos());
          out.writeInt(entry.getValue().day());
          out.write(HexFormat.of().parseHex(entry.getValue().hex()));
        }
      }
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.write(beside, bytes.toByteArray());
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not keep the digests of files", e);
    }
  }
}
