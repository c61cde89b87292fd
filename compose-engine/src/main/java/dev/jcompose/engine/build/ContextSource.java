package dev.jcompose.engine.build;

import java.io.InputStream;
import java.nio.file.Path;

/** Where the files are that COPY copies from. */
public sealed interface ContextSource {
  /**
   * A folder of this machine, read in place.
   *
   * @param path absolute
   */
  record Folder(Path path) implements ContextSource {}

  /**
   * A tar archive that a client sends, plain or compressed. When it is none, it is a Dockerfile and
   * there are no files.
   *
   * @param bytes read to their end once
   */
  record Sent(InputStream bytes) implements ContextSource {}

  /**
   * A git repository, or a file that an HTTP server has, which is such an archive or a Dockerfile.
   *
   * @param address {@code REMOTE[#REFERENCE[:FOLDER]]} or {@code REMOTE?ref=…&subdir=…} for a
   *     repository, else a URL
   */
  record Remote(String address) implements ContextSource {}
}
