package dev.jcompose.engine.state;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps something that grows from filling the disk to its last byte. Used by one thread. */
public final class FreeSpace {
  private static final long KEPT_FREE = 256L << 20;
  private static final long LOOK_EVERY = 64L << 20;

  private final FileStore disk;
  private final String what;
  private long written;
  private long writtenAtLastLook;

  /**
   * Looks after the disk that holds a path.
   *
   * @param what stands in the message, such as "this layer"
   */
  public FreeSpace(Path path, String what) throws IOException {
    this.disk = Files.getFileStore(path);
    this.what = what;
  }

  /**
   * Tells that so many bytes are about to be written.
   *
   * @throws IOException when less than 256 MiB are left
   */
  public void take(long count) throws IOException {
    written += count;
    if (written - writtenAtLastLook >= LOOK_EVERY) {
      writtenAtLastLook = written;
      if (disk.getUsableSpace() < KEPT_FREE) {
        throw new IOException(
            "the disk is full after %d MiB of %s; remove images with `jcompose image prune`"
                .formatted(written >> 20, what));
      }
    }
  }
}
