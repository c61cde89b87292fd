package dev.jcompose.engine.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Reads the files of a log from the oldest to the newest, then what is added to them. */
final class FileLogReader implements LogReader {
  private static final int BLOCK = 64 * 1024;

  private final LogFile log;
  private final LogQuery query;
  private final Deque<OpenLogFile> files;
  private long seen;
  private long position;
  private byte[] buffer = new byte[BLOCK];
  private int start;
  private int end;
  private volatile boolean closed;

  /**
   * @param files oldest first
   * @param generation of the newest file there is or will be
   */
  FileLogReader(LogFile log, List<OpenLogFile> files, long generation, LogQuery query) {
    this.log = log;
    this.query = query;
    this.files = new ConcurrentLinkedDeque<>(files);
    if (query.tail() >= 0) {
      skipToTail();
    }
    OpenLogFile first = this.files.peekFirst();
    seen = first == null ? generation - 1 : first.generation();
  }

  private void skipToTail() {
    long wanted = query.tail();
    Deque<OpenLogFile> kept = new ConcurrentLinkedDeque<>();
    while (!files.isEmpty()) {
      OpenLogFile file = files.removeLast();
      try {
        TailSearch.Result found = TailSearch.search(file.channel(), wanted);
        kept.addFirst(file);
        position = found.position();
        wanted -= found.lines();
        if (wanted <= 0) {
          break;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the log", e);
      }
    }
    files.forEach(FileLogReader::close);
    files.clear();
    files.addAll(kept);
  }

  @Override
  public @Nullable LogEntry next() throws InterruptedException {
    while (!closed) {
      int newline = newline();
      if (newline < 0) {
        if (!fill()) {
          return null;
        }
        continue;
      }
      Optional<LogEntry> parsed = LogLines.parse(buffer, start, newline - start);
      start = newline + 1;
      if (parsed.isEmpty()) {
        continue;
      }
      LogEntry entry = parsed.get();
      if (query.until() != null && entry.time().isAfter(query.until())) {
        return null;
      }
      if (wanted(entry)) {
        return entry;
      }
    }
    return null;
  }

  private boolean wanted(LogEntry entry) {
    Instant since = query.since();
    if (since != null && entry.time().isBefore(since)) {
      return false;
    }
    return switch (entry.stream()) {
      case STDOUT -> query.stdout();
      case STDERR -> query.stderr();
      case STDIN -> false;
    };
  }

  private int newline() {
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Gets more bytes from wherever they are now; false when there are none and will be none. */
  private boolean fill() throws InterruptedException {
    while (!closed) {
      OpenLogFile file = files.peekFirst();
      if (file != null && readFrom(file)) {
        return true;
      }
      if (files.size() > 1) {
        advance();
      } else if (!query.follow() || !log.awaitMore(seen, position, query.until(), () -> closed)) {
        return false;
      } else {
        OpenLogFile next = log.after(seen);
        if (next != null) {
          files.addLast(next);
          if (file == null) {
            seen = next.generation();
          }
        }
      }
    }
    return false;
  }

  private void advance() {
    close(files.removeFirst());
    position = 0;
    start = 0;
    end = 0;
    seen = files.getFirst().generation();
  }

  private boolean readFrom(OpenLogFile file) {
    makeRoom();
    try {
      int most = (int) Math.min(buffer.length - end, file.end() - position);
      if (most <= 0) {
        return false;
      }
      int count = file.channel().read(ByteBuffer.wrap(buffer, end, most), position);
      if (count <= 0) {
        return false;
      }
      position += count;
      end += count;
      return true;
    } catch (IOException e) {
      if (closed) {
        return false;
      }
      throw new UncheckedIOException("cannot read the log", e);
    }
  }

  private void makeRoom() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
  }

  private static void close(OpenLogFile file) {
    try {
      file.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the log", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    log.wake();
    files.forEach(FileLogReader::close);
  }
}
