package dev.jcompose.engine.container.access;

import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputChunk;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An attachment that gives what was written before it joined, then what is written after. */
final class LogsFirst implements Attachment {
  private final LogPast past;
  private final Attachment live;
  private boolean pastRead;

  LogsFirst(LogPast past, Attachment live) {
    this.past = past;
    this.live = live;
  }

  @Override
  public boolean terminal() {
    return live.terminal();
  }

  @Override
  public @Nullable OutputChunk read() throws InterruptedException {
    if (!pastRead) {
      OutputChunk chunk = past.next();
      if (chunk != null) {
        return chunk;
      }
      pastRead = true;
      past.close();
    }
    return live.read();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    live.write(bytes, offset, length);
  }

  @Override
  public void closeInput() {
    live.closeInput();
  }

  @Override
  public void detach() {
    past.close();
    live.detach();
  }

  @Override
  public void close() {
    past.close();
    live.close();
  }
}
