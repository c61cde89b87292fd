package dev.jcompose.engine.daemon;

import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The right to be the one engine of a root. The kernel takes it back when the process ends, however
 * it ends, so a lock can never be stale; the pid file beside it is only for people and the client.
 */
final class EngineLock implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EngineLock.class.getName());

  private final FileChannel channel;
  private final Path pidFile;

  private EngineLock(FileChannel channel, Path pidFile) {
    this.channel = channel;
    this.pidFile = pidFile;
  }

  /**
   * Makes the directories of the root and takes its lock.
   *
   * @return empty when another engine has it
   * @throws IOException when the directories cannot be made
   */
  static Optional<EngineLock> take(StateDirectory state) throws IOException {
    makeDirectory(state.root(), "rwx--x--x");
    makeDirectory(state.run(), "rwxr-xr-x");
    FileChannel channel =
        FileChannel.open(state.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    try {
      Files.writeString(state.pidFile(), ProcessHandle.current().pid() + "\n");
    } catch (IOException fullDisk) {
      // Only for people to read: no reason not to serve those who want to remove things.
      LOG.log(System.Logger.Level.WARNING, "no pid file", fullDisk);
    }
    return Optional.of(new EngineLock(channel, state.pidFile()));
  }

  private static void makeDirectory(Path directory, String permissions) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(pidFile);
    channel.close();
  }
}
