package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.linux.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The socket at which another runtime hands over the terminal of a container. */
record Console(Kernel kernel, Path path, int socket) implements AutoCloseable {
  private static final int LONGEST_NAME = 256;

  static Console open(Kernel kernel) {
    try {
      // Not beside the bundle: the address of a socket has room for 107 bytes only.
      Path path = Files.createTempDirectory("jcompose").resolve("console");
      return new Console(kernel, path, kernel.listen(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a socket for the terminal", e);
    }
  }

  /** The terminal; the runtime has ended, so it has been sent if it ever is. */
  OptionalInt receive() {
    int connection = kernel.accept(socket);
    try {
      int terminal =
          kernel.receiveWithDescriptor(connection, ByteBuffer.allocateDirect(LONGEST_NAME));
      return terminal < 0 ? OptionalInt.empty() : OptionalInt.of(terminal);
    } finally {
      kernel.close(connection);
    }
  }

  @Override
  public void close() {
    kernel.close(socket);
    try {
      Files.deleteIfExists(path);
      Files.deleteIfExists(path.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
