package dev.jcompose.cli.files;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks what comes out of a container. The archive is not trusted: no member leaves the target
 * directory, not through {@code ..} and not through a link that came before it.
 */
public final class LocalUnpacking {
  private final Path target;
  private final @Nullable String newName;
  private final boolean keepsOwners;

  /**
   * Unpacks into a directory that exists.
   *
   * @param newName what the first part of all names becomes; empty to leave it out, null to keep it
   * @param keepsOwners whether owners are those of the archive; else they are this process's
   */
  public LocalUnpacking(Path target, @Nullable String newName, boolean keepsOwners) {
    this.target = target;
    this.newName = newName;
    this.keepsOwners = keepsOwners;
  }

  /** Unpacks all members. */
  public void unpack(InputStream archive) throws IOException {
    TarReader reader = new TarReader(archive);
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      Path path = place(entry.name());
      if (path != null) {
        make(entry, path, reader.content());
      }
    }
  }

  // Null for the target directory itself.
  private @Nullable Path place(String member) throws IOException {
    Path path = target;
    boolean first = true;
    for (String part : member.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        throw refused("the container's archive has a member \"" + member + "\" outside of it");
      }
      String name = first && newName != null ? newName : part;
      first = false;
      if (!name.isEmpty()) {
        requireDirectory(path, member);
        path = path.resolve(name);
      }
    }
    return path.equals(target) ? null : path;
  }

  private void requireDirectory(Path parent, String member) throws IOException {
    if (parent.equals(target)) {
      return;
    }
    if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      throw refused("\"" + member + "\" cannot be unpacked: " + parent + " is no directory");
    }
    Files.createDirectories(parent);
  }

  private void make(TarEntry entry, Path path, InputStream content) throws IOException {
    boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      if (!isDirectory) {
        Files.deleteIfExists(path);
        Files.createDirectory(path);
      }
    } else {
      if (isDirectory) {
        throw refused(path + " is a directory; it is not replaced by a file");
      }
      Files.deleteIfExists(path);
      switch (entry.type()) {
        case FILE -> Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
        case SYMLINK -> Files.createSymbolicLink(path, Path.of(entry.linkName()));
        case HARD_LINK -> {
          Path other = place(entry.linkName());
          if (other == null || !Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(
                "\""
                    + entry.name()
                    + "\" is a link to \""
                    + entry.linkName()
                    + "\", which is not there");
          }
          Files.createLink(path, other);
          return;
        }
        // What has no content of its own is of no use outside the container.
        case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, DIRECTORY -> {
          return;
        }
      }
    }
    adjust(entry, path);
  }

  private void adjust(TarEntry entry, Path path) throws IOException {
    if (keepsOwners) {
      Files.setAttribute(path, "unix:uid", (int) entry.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", (int) entry.gid(), LinkOption.NOFOLLOW_LINKS);
    }
    if (entry.type() != TarEntry.Type.SYMLINK) {
      Files.setAttribute(path, "unix:mode", entry.mode() & 0777, LinkOption.NOFOLLOW_LINKS);
      Files.setLastModifiedTime(path, FileTime.from(entry.mtime(), TimeUnit.SECONDS));
    }
  }

  private static UserError refused(String sentence) {
    return new UserError(ExitCode.FAILURE, sentence);
  }
}
