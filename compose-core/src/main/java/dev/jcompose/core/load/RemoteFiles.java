package dev.jcompose.core.load;

import java.io.IOException;
import java.nio.file.Path;

/** Brings Compose files here that were published to a registry. */
@FunctionalInterface
public interface RemoteFiles {
  /** Brings none. */
  RemoteFiles NONE =
      reference -> {
        throw new IOException("files from registries cannot be fetched here");
      };

  /**
   * Brings a project here.
   *
   * @param reference as an image's, without {@code oci://}
   * @return its Compose file, in a folder with the files it was published with
   * @throws IOException with the reason in a sentence
   */
  Path fetch(String reference) throws IOException;
}
