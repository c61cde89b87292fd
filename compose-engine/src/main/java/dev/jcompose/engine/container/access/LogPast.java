package dev.jcompose.engine.container.access;

import dev.jcompose.engine.container.ContainerStreams.AttachRequest;
import dev.jcompose.engine.container.stream.OutputChunk;
import dev.jcompose.engine.container.stream.StreamKind;
import dev.jcompose.engine.log.LogEntry;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a container has written up to one moment: its log, then the lines not finished yet. */
final class LogPast {
  private final LogFile log;
  private final AttachRequest request;
  private final Deque<OutputChunk> unfinished = new ArrayDeque<>();
  private @Nullable LogReader reader;

  LogPast(LogFile log, AttachRequest request) {
    this.log = log;
    this.request = request;
  }

  /** The moment is now. */
  void open() {
    reader = log.read(new LogQuery(request.stdout(), request.stderr(), -1, null, null, false));
    if (request.stdout()) {
      unfinished.add(line(StreamKind.STDOUT));
    }
    if (request.stderr()) {
      unfinished.add(line(StreamKind.STDERR));
    }
  }

  private OutputChunk line(StreamKind stream) {
    return new OutputChunk(stream, ByteBuffer.wrap(log.unfinished(stream)));
  }

  /** The next piece; null when all were taken. */
  @Nullable OutputChunk next() throws InterruptedException {
    LogEntry entry = reader == null ? null : reader.next();
    return entry != null ? new OutputChunk(entry.stream(), entry.text()) : unfinished.poll();
  }

  void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
