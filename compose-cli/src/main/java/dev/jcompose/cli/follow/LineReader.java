package dev.jcompose.cli.follow;

import dev.jcompose.cli.render.log.LineSplitter;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.port.stream.Source;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A log with timestamps, line by line. Its two outputs may each be in the middle of a line. */
final class LineReader implements AutoCloseable {
  private final OutputReader reader;
  private final Queue<TimedLine> ready = new ArrayDeque<>();
  private final Map<Source, LineSplitter> splitters = new EnumMap<>(Source.class);
  private boolean ended;

  LineReader(OutputReader reader) {
    this.reader = reader;
    for (Source source : Source.values()) {
      splitters.put(source, new LineSplitter(line -> ready.add(TimedLine.parse(source, line))));
    }
  }

  /** The next line, or null at the end. Blocks. */
  @Nullable TimedLine next() {
    while (ready.isEmpty() && !ended) {
      Output piece = reader.next();
      if (piece == null) {
        ended = true;
        splitters.values().forEach(LineSplitter::finish);
      } else {
        LineSplitter splitter = splitters.get(piece.source());
        if (splitter != null) {
          splitter.accept(piece.bytes());
        }
      }
    }
    return ready.poll();
  }

  /** Whether the next line is here already, so that asking for it will not block. */
  boolean hasReady() {
    return !ready.isEmpty();
  }

  @Override
  public void close() {
    reader.close();
  }
}
