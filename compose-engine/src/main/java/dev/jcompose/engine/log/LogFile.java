package dev.jcompose.engine.log;

import dev.jcompose.engine.container.stream.StreamKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of one container: one writer, any number of readers. A full file is put aside as {@code
 * .1}, the one before it as {@code .2} and so on. Readers are told apart from files by generations:
 * each file that was ever begun has the next number, whatever its name is at the moment.
 */
public final class LogFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LogFile.class.getName());

  private final Path newest;
  private final LogLimits limits;
  private final byte[] attributes;
  private final Clock clock;
  private final LogLines lines = new LogLines();
  private final LineSplitter stdout = new LineSplitter();
  private final LineSplitter stderr = new LineSplitter();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable FileChannel channel;
  private long size;
  private long generation;
  private boolean running;
  private boolean complained;

  /**
   * Names the log; no file is touched before something is written.
   *
   * @param attributes added to every entry
   */
  public LogFile(Path newest, LogLimits limits, Map<String, String> attributes, Clock clock) {
    this.newest = newest;
    this.limits = limits;
    this.attributes = LogLines.attributes(attributes);
    this.clock = clock;
    this.generation = asideCount();
    this.size = sizeOnDisk();
  }

  private long sizeOnDisk() {
    try {
      return Files.exists(newest) ? Files.size(newest) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + newest, e);
    }
  }

  private int asideCount() {
    int count = 0;
    while (Files.exists(aside(count + 1))) {
      count++;
    }
    return count;
  }

  private Path aside(int age) {
    return age == 0 ? newest : newest.resolveSibling(newest.getFileName() + "." + age);
  }

  /** A run of the container begins: followers wait for more from now on. */
  public void begin() {
    lock.lock();
    try {
      running = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes output as it came; complete lines are in the file when this returns. */
  public void append(StreamKind stream, ByteBuffer bytes) {
    lock.lock();
    try {
      splitter(stream)
          .accept(bytes, clock.instant(), (time, text, length) -> add(stream, time, text, length));
      write();
    } finally {
      lock.unlock();
    }
  }

  /** The run has ended and all output was appended: unfinished lines are written, followers end. */
  public void end() {
    lock.lock();
    try {
      Instant now = clock.instant();
      for (StreamKind stream : List.of(StreamKind.STDOUT, StreamKind.STDERR)) {
        splitter(stream).end(now, (time, text, length) -> add(stream, time, text, length));
      }
      write();
      running = false;
      changed.signalAll();
      closeChannel();
    } finally {
      lock.unlock();
    }
  }

  private LineSplitter splitter(StreamKind stream) {
    return stream == StreamKind.STDERR ? stderr : stdout;
  }

  private void add(StreamKind stream, Instant time, byte[] text, int length) {
    if (limits.bytes() >= 0 && size + pending.size() >= limits.bytes()) {
      write();
      rotate();
    }
    lines.write(pending, stream, time, text, length, attributes);
  }

  private void write() {
    if (pending.size() == 0) {
      return;
    }
    try {
      FileChannel target = open();
      ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
      while (bytes.hasRemaining()) {
        size += target.write(bytes);
      }
      complained = false;
    } catch (IOException e) {
      // A full disk must not stop the container: output is dropped, and said so once.
      if (!complained) {
        LOG.log(System.Logger.Level.WARNING, "output is lost, cannot write " + newest, e);
      }
      complained = true;
    }
    pending.reset();
    changed.signalAll();
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open =
          FileChannel.open(
              newest, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel = open;
      size = open.size();
      open.position(size);
      if (size > 0 && !endsWithNewline(open)) {
        size += open.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    }
    return open;
  }

  // A line cut by a crash must not swallow the one that comes next.
  private boolean endsWithNewline(FileChannel open) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    open.read(last, size - 1);
    return last.get(0) == '\n';
  }

  private void rotate() {
    closeChannel();
    try {
      int kept = limits.files() - 1;
      Files.deleteIfExists(aside(kept));
      for (int age = kept; age >= 1; age--) {
        if (Files.exists(aside(age - 1))) {
          Files.move(aside(age - 1), aside(age), StandardCopyOption.ATOMIC_MOVE);
        }
      }
      generation++;
      size = 0;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot put aside " + newest, e);
    }
  }

  private void closeChannel() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "closing " + newest, e);
      }
    }
  }

  /**
   * Opens the log for reading.
   *
   * @throws UncheckedIOException when a file cannot be opened
   */
  public LogReader read(LogQuery query) {
    lock.lock();
    try {
      List<OpenLogFile> files = new ArrayList<>();
      for (int age = asideCount(); age >= 0; age--) {
        OpenLogFile file = openAt(age, query.follow() || age > 0 ? Long.MAX_VALUE : size);
        if (file != null) {
          files.add(file);
        }
      }
      return new FileLogReader(this, files, generation, query);
    } finally {
      lock.unlock();
    }
  }

  /** What a container has written of a line that has not ended yet, and so is not in a file yet. */
  public byte[] unfinished(StreamKind stream) {
    lock.lock();
    try {
      return splitter(stream).held();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable OpenLogFile openAt(int age, long end) {
    try {
      Path path = aside(age);
      return Files.exists(path)
          ? new OpenLogFile(FileChannel.open(path, StandardOpenOption.READ), generation - age, end)
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + aside(age), e);
    }
  }

  /**
   * The file begun after a generation, or the oldest one kept since.
   *
   * @return null when nothing newer has been begun
   */
  @Nullable OpenLogFile after(long previous) {
    lock.lock();
    try {
      for (long next = previous + 1; next <= generation; next++) {
        OpenLogFile file = openAt((int) (generation - next), Long.MAX_VALUE);
        if (file != null) {
          return file;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is more to read than what a reader has seen.
   *
   * @param seen generation of the file the reader is at the end of; one less than the first when it
   *     has seen none
   * @param position how far it has read in that file
   * @param until give up at this moment; null: never
   * @param closed asked again after each wake-up
   * @return false when there never will be more, or it is time to give up
   */
  boolean awaitMore(long seen, long position, @Nullable Instant until, BooleanSupplier closed)
      throws InterruptedException {
    lock.lock();
    try {
      while (!closed.getAsBoolean()) {
        if (seen == generation ? position < size : seen + 1 < generation || size > 0) {
          return true;
        }
        if (!running) {
          return false;
        }
        if (until == null) {
          changed.await();
        } else {
          long left = Duration.between(clock.instant(), until).toNanos();
          if (left <= 0) {
            return false;
          }
          changed.awaitNanos(left);
        }
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes readers so that they see they were closed. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The container is removed: followers end. The files are the remover's business. */
  @Override
  public void close() {
    end();
  }
}
