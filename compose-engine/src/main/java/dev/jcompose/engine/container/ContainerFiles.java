package dev.jcompose.engine.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

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

  /** How a path differs from the image. */
  enum ChangeKind {
    MODIFIED,
    ADDED,
    DELETED
  }

  /**
   * A path that is not as the image has it.
   *
   * @param path absolute
   */
  record Change(ChangeKind kind, String path) {}

  /**
   * What a container changed of its image's files, volumes and the engine's own mounts left out. A
   * directory counts as modified when anything in it has changed; sorted by path.
   */
  List<Change> changes(String reference) throws IOException;

  /** Writes all files of a container, without its volumes, as a tar stream. */
  void export(String reference, OutputStream tar) throws IOException;

  /**
   * Bytes a container takes.
   *
   * @param own in its writable layer
   * @param all with those of its image
   */
  record Usage(long own, long all) {}

  /** Measures a container's files by walking its writable layer. */
  Usage usage(String reference);
}
