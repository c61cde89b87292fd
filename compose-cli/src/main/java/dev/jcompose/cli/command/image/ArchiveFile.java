package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Where an archive goes: a file, which is there only when it is whole, or standard output. */
public final class ArchiveFile {
  private final Session session;
  private final @Nullable Path file;

  private ArchiveFile(Session session, @Nullable Path file) {
    this.session = session;
    this.file = file;
  }

  /**
   * Checks that the place can take it.
   *
   * @param file null for standard output, which must not be a terminal then
   * @param verb such as {@code jcompose image save}
   */
  public static ArchiveFile of(Session session, @Nullable String file, String verb) {
    if (file == null) {
      if (Terminal.isOutput()) {
        throw UserError.usage(
            verb + " does not write an archive to a terminal; add -o FILE or redirect it");
      }
      return new ArchiveFile(session, null);
    }
    Path path = session.directory().resolve(file);
    Path parent = path.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(path) || parent == null || !Files.isDirectory(parent)) {
      throw new UserError(
          ExitCode.FILE, path + " cannot be written; name a file in a folder that exists");
    }
    return new ArchiveFile(session, path);
  }

  /** Writes all there is to read. */
  public void write(InputStream archive) throws IOException {
    Path target = file;
    if (target == null) {
      archive.transferTo(session.out());
      session.out().flush();
      return;
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      // A device or a pipe is written to, not replaced.
      try (var out = Files.newOutputStream(target)) {
        archive.transferTo(out);
      }
      return;
    }
    Path beside = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.copy(archive, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
