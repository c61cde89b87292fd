package dev.jcompose.core.adapter;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.engine.api.client.ContainerCalls;
import dev.jcompose.engine.api.transport.FrameReader;
import dev.jcompose.engine.api.transport.RawStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** A conversation over a connection that has left HTTP behind. */
final class StreamSession implements ExecSession {

  /** Tells a terminal its size. */
  interface Resizer {
    void resize(int rows, int columns);
  }

  private final RawStream stream;
  private final FrameReader reader;
  private final boolean tty;
  private final boolean inputEnds;
  private final Resizer resizer;
  private final IntSupplier exitCode;

  /**
   * Takes over the connection.
   *
   * @param inputEnds whether the process is to see the end of its input when there is no more
   */
  StreamSession(
      RawStream stream, boolean tty, boolean inputEnds, Resizer resizer, IntSupplier exitCode) {
    this.stream = stream;
    this.tty = tty;
    this.inputEnds = inputEnds;
    this.reader =
        new FrameReader(stream.input(), ContainerCalls.isMultiplexed(stream.contentType(), tty));
    this.resizer = resizer;
    this.exitCode = exitCode;
  }

  @Override
  public @Nullable Output next() {
    return LogStream.next(reader);
  }

  @Override
  public void write(ByteBuffer input) {
    byte[] bytes = new byte[input.remaining()];
    input.get(bytes);
    try {
      stream.output().write(bytes);
    } catch (IOException broken) {
      throw lost(broken);
    }
  }

  @Override
  public void closeInput() {
    if (!inputEnds) {
      return;
    }
    try {
      stream.closeOutput();
    } catch (IOException broken) {
      throw lost(broken);
    }
  }

  @Override
  public boolean tty() {
    return tty;
  }

  @Override
  public void resize(int rows, int columns) {
    Calls.run(() -> resizer.resize(rows, columns));
  }

  @Override
  public int exitCode() {
    return Calls.call(exitCode::getAsInt);
  }

  @Override
  public void close() {
    stream.close();
  }

  private static EngineException lost(IOException broken) {
    return new EngineException(
        EngineException.Reason.UNREACHABLE, "the process does not read any more", broken);
  }
}
