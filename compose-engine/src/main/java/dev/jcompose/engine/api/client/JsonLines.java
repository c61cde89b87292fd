package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.transport.Answer;
import dev.jcompose.engine.api.transport.ConnectionLostException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An answer that goes on: one JSON object per line, as events, pulls and builds send it. */
public final class JsonLines implements AutoCloseable {
  private final Answer answer;
  private byte[] buffer = new byte[8 * 1024];
  private int start;
  private int end;

  JsonLines(Answer answer) {
    this.answer = answer;
  }

  /** Waits for the next object; null at the end or once closed. */
  public @Nullable JsonObject next() {
    while (true) {
      int scanned = start;
      int feed = indexOfLineFeed(scanned);
      while (feed < 0) {
        scanned = end;
        int before = start;
        if (!fill()) {
          return last();
        }
        // Filling moves what is left to the front.
        feed = indexOfLineFeed(scanned - before);
      }
      int from = start;
      start = feed + 1;
      if (!isBlank(from, feed)) {
        return Json.asObject(Json.parse(buffer, from, feed - from));
      }
    }
  }

  /** Ends the stream. Safe from any thread; a reader that waits gets null. */
  @Override
  public void close() {
    answer.close();
  }

  private @Nullable JsonObject last() {
    if (isBlank(start, end)) {
      return null;
    }
    int from = start;
    start = end;
    return Json.asObject(Json.parse(buffer, from, end - from));
  }

  private int indexOfLineFeed(int from) {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean fill() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    try {
      InputStream body = answer.body();
      int count = body.read(buffer, end, buffer.length - end);
      if (count < 0) {
        return false;
      }
      end += count;
      return true;
    } catch (IOException e) {
      if (answer.isClosed()) {
        return false;
      }
      throw new ConnectionLostException("the stream broke off: " + e.getMessage(), e);
    }
  }
}
