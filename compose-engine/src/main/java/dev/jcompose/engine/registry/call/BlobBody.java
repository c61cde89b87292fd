package dev.jcompose.engine.registry.call;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a blob as they arrive.
 *
 * @param stream to be closed
 * @param offset of its first byte in the blob
 * @param size of the whole blob; -1 when the registry does not say
 */
public record BlobBody(InputStream stream, long offset, long size) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
