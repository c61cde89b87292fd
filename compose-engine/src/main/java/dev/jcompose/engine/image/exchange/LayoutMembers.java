package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.store.BlobStore;
import dev.jcompose.engine.image.store.BlobWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of an OCI image layout in a folder. Each is copied beside the store's blobs when it is
 * needed, so that what was checked is what is used, whatever happens in the folder meanwhile.
 */
final class LayoutMembers implements Members {
  private final BlobStore blobs;
  private final Path folder;
  private final Map<String, BlobWriter> files = new HashMap<>();

  LayoutMembers(BlobStore blobs, Path folder) {
    this.blobs = blobs;
    this.folder = folder;
  }

  @Override
  public boolean has(String path) {
    return Files.isRegularFile(folder.resolve(path));
  }

  @Override
  public @Nullable BlobWriter find(String path) throws IOException {
    BlobWriter known = files.get(path);
    if (known != null || !has(path)) {
      return known;
    }
    BlobWriter copy = blobs.write();
    files.put(path, copy);
    try (InputStream in = Files.newInputStream(folder.resolve(path))) {
      in.transferTo(copy);
    }
    var _ = copy.finish();
    return copy;
  }

  @Override
  public Later layer(Digest digest) throws IOException {
    if (!has(OciLayout.blob(digest))) {
      throw Members.missing(OciLayout.blob(digest));
    }
    return () -> blob(digest);
  }

  @Override
  public void close() throws IOException {
    for (BlobWriter file : files.values()) {
      file.close();
    }
  }
}
