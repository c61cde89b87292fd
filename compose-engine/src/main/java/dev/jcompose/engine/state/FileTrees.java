package dev.jcompose.engine.state;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removal and measure of whole directories. */
public final class FileTrees {
  private static final System.Logger LOG = System.getLogger(FileTrees.class.getName());

  private FileTrees() {}

  /**
   * Removes a directory and everything in it, following no link. What cannot be removed is logged
   * and left.
   *
   * @return false when something is left
   */
  public static boolean delete(Path root) {
    var deleter = new Deleter();
    try {
      Files.walkFileTree(root, deleter);
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      deleter.failed(root, e);
    }
    return deleter.complete;
  }

  /** Bytes of the regular files below a directory; what vanishes meanwhile does not count. */
  public static long size(Path root) {
    var sizer = new Sizer();
    try {
      if (Files.isDirectory(root)) {
        Files.walkFileTree(root, sizer);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "could not measure " + root, e);
    }
    return sizer.sum;
  }

  private static final class Sizer extends SimpleFileVisitor<Path> {
    private long sum;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      sum += attributes.isRegularFile() ? attributes.size() : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    private boolean complete = true;

    private void failed(Path path, IOException e) {
      if (complete) {
        LOG.log(System.Logger.Level.WARNING, "could not remove " + path, e);
      }
      complete = false;
    }

    private FileVisitResult delete(Path path) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        failed(path, e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      return delete(file);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (!(e instanceof NoSuchFileException)) {
        failed(file, e);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return delete(directory);
    }
  }
}
