package dev.jcompose.engine.image.make;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Lets one thread read what another one writes, and brings the failures of both together. */
final class Piped {
  private Piped() {}

  /** Writes everything, then returns; the stream is closed for it. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Reads everything. */
  @FunctionalInterface
  interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  /**
   * Runs the reader here and the writer on a thread of its own, and returns when both are done.
   *
   * @param buffer bytes between them
   */
  static <T> T through(int buffer, Writing writing, Reading<T> reading) throws IOException {
    try (PipedInputStream in = new PipedInputStream(buffer)) {
      PipedOutputStream out = new PipedOutputStream(in);
      FutureTask<Boolean> writer =
          new FutureTask<>(
              () -> {
                try (out) {
                  writing.to(out);
                }
                return true;
              });
      Thread.ofPlatform().name("layer-writer").daemon().start(writer);
      T result = reading.from(new Checked(in, writer));
      await(writer);
      return result;
    }
  }

  private static void await(FutureTask<Boolean> writer) throws IOException {
    try {
      writer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IOException(String.valueOf(e.getCause()), e.getCause());
      }
    }
  }

  /** Whose end is an end only if the writer came to its end too, not if it failed. */
  private static final class Checked extends InputStream {
    private final InputStream in;
    private final FutureTask<Boolean> writer;

    Checked(InputStream in, FutureTask<Boolean> writer) {
      this.in = in;
      this.writer = writer;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = in.read(bytes, offset, length);
      if (count < 0) {
        await(writer);
      }
      return count;
    }
  }
}
