package dev.jcompose.core.adapter;

import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.port.stream.Source;
import dev.jcompose.engine.api.transport.Frame;
import dev.jcompose.engine.api.transport.FrameReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A log as it comes. */
final class LogStream implements OutputReader {
  private final FrameReader reader;

  LogStream(FrameReader reader) {
    this.reader = reader;
  }

  @Override
  public @Nullable Output next() {
    return next(reader);
  }

  static @Nullable Output next(FrameReader reader) {
    return Calls.call(() -> read(reader));
  }

  private static @Nullable Output read(FrameReader reader) {
    Frame frame = reader.next();
    if (frame == null) {
      return null;
    }
    Source source =
        switch (frame.source()) {
          case STDIN, STDOUT -> Source.OUT;
          case STDERR, ENGINE -> Source.ERR;
        };
    return new Output(source, ByteBuffer.wrap(frame.bytes()));
  }

  @Override
  public void close() {
    reader.close();
  }
}
