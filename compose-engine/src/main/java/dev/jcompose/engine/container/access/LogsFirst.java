package dev.jcompose.engine.container.access;

import dev.jcompose.engine.container.ContainerStreams.AttachRequest;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputChunk;
import dev.jcompose.engine.log.LogEntry;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An attachment that gives the log so far before the live output. What is written in the moment
 * between the two may come twice, never not at all.
 */
final class LogsFirst implements Attachment {
  private final Attachment live;
  private final LogReader log;
  private boolean logRead;

  private LogsFirst(Attachment live, LogReader log) {
    this.live = live;
    this.log = log;
  }

  static Attachment of(Attachment live, LogFile log, AttachRequest request) {
    return new LogsFirst(
        live, log.read(new LogQuery(request.stdout(), request.stderr(), -1, null, null, false)));
  }

  @Override
  public boolean terminal() {
    return live.terminal();
  }

  @Override
  public @Nullable OutputChunk read() throws InterruptedException {
    if (!logRead) {
      LogEntry entry = log.next();
      if (entry != null) {
        return new OutputChunk(entry.stream(), entry.text());
      }
      logRead = true;
      log.close();
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
    log.close();
    live.detach();
  }

  @Override
  public void close() {
    log.close();
    live.close();
  }
}
