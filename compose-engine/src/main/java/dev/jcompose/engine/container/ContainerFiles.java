package dev.jcompose.engine.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;

/** Files of containers, running or not, volumes included. References as for {@link Containers}. */
public interface ContainerFiles {
  /**
   * A file in a container.
   *
   * @param mode permission and type bits as {@code stat} has them
   * @param linkTarget empty unless it is a symbolic link
   */
  record FileStat(String name, long size, int mode, Instant modified, String linkTarget) {}

  /**
   * Looks at a path.
   *
   * @throws dev.jcompose.engine.EngineException.NotFound when there is nothing
   */
  FileStat stat(String reference, String path);

  /** Writes the path as a tar stream named after its last element. */
  void read(String reference, String path, OutputStream tar) throws IOException;

  /**
   * Unpacks a tar stream, plain or gzip, into an existing directory.
   *
   * @param noOverwriteDirNonDir refuse to replace a directory by something else and the reverse
   * @param copyIds give everything to the user the container runs as, when it has one; else owners
   *     are those of the entries
   */
  void write(
      String reference,
      String directory,
      boolean noOverwriteDirNonDir,
      boolean copyIds,
      InputStream tar)
      throws IOException;
}
