package dev.jcompose.engine.api.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests over one unix socket, on as many connections as there are calls at the same time; idle
 * ones are kept. Safe for any number of threads, virtual ones included. Interrupting a thread drops
 * its connection.
 */
public final class UnixHttp implements AutoCloseable {
  private static final int CHUNK = 1 << 18;
  private static final int CHUNK_SIZE_DIGITS = 5;

  private final Path socket;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /** Nothing is opened before the first call. */
  public UnixHttp(Path socket) {
    this.socket = socket;
  }

  /** The socket this client talks to. */
  public Path socket() {
    return socket;
  }

  /**
   * Sends a request and reads the head of the answer.
   *
   * @param json the body, null for none
   * @param timeout until the head of the answer is there; null waits for ever
   * @throws EngineUnreachableException when nothing accepts the connection
   * @throws ConnectionLostException when the connection breaks or the time is up
   */
  public Answer call(
      String method, String target, byte @Nullable [] json, @Nullable Duration timeout) {
    try (Deadline deadline = Deadline.in(timeout)) {
      Connection kept = takeIdle();
      if (kept != null) {
        try {
          return exchange(kept, head(method, target, type(json)), method, json, deadline);
        } catch (ConnectionLostException e) {
          // The engine may close an idle connection at the moment we use it; only what changes
          // nothing is sent again.
          if (deadline.isOver() || (!method.equals("GET") && !method.equals("HEAD"))) {
            throw e;
          }
        }
      }
      return exchange(open(deadline), head(method, target, type(json)), method, json, deadline);
    }
  }

  /**
   * Sends a request without a body and with one more header, on a connection of its own.
   *
   * @param header name and value: {@code Name: value}
   */
  public Answer call(String method, String target, String header) {
    StringBuilder head = head(method, target, null).append(header).append("\r\n");
    return exchange(open(Deadline.NONE), head, method, null, Deadline.NONE);
  }

  private static @Nullable String type(byte @Nullable [] json) {
    return json == null ? null : "application/json";
  }

  /**
   * Sends a request whose body is a stream (an archive), in chunks.
   *
   * @param headers more of them, each {@code Name: value}
   * @throws UnreadableBodyException when reading the body fails: the engine then sees the
   *     connection end, never a body that seems whole
   */
  public Answer upload(
      String method, String target, String contentType, List<String> headers, InputStream body) {
    Connection connection = open(Deadline.NONE);
    try {
      StringBuilder head = head(method, target, contentType);
      headers.forEach(header -> head.append(header).append("\r\n"));
      write(connection, head.append("Transfer-Encoding: chunked\r\n\r\n"));
      try {
        writeChunks(connection, body);
      } catch (IOException e) {
        // An engine that refuses the body answers and closes; the answer is worth more than the
        // broken pipe.
        return readHead(connection, method);
      }
      return readHead(connection, method);
    } catch (UnreadableBodyException e) {
      connection.close();
      throw e;
    } catch (IOException e) {
      connection.close();
      throw lost(e);
    }
  }

  /**
   * Sends a request that turns its connection into a raw stream.
   *
   * @return the stream, or the answer when the engine declined
   */
  public Upgrade upgrade(String target, byte @Nullable [] json) {
    Connection connection = open(Deadline.NONE);
    try {
      StringBuilder head = head("POST", target, json == null ? null : "application/json");
      head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
      write(connection, head, json == null ? new byte[0] : json);
      Head answer = Head.read(connection);
      if (answer.status() == 101 || answer.status() == 200) {
        return new Upgrade.Opened(
            new RawStream(connection, Answer.header(answer.headers(), "Content-Type")));
      }
      return new Upgrade.Declined(body(connection, answer, "POST"));
    } catch (IOException e) {
      connection.close();
      throw lost(e);
    }
  }

  /** What became of a request for a raw stream. */
  public sealed interface Upgrade {
    /** The engine switched. */
    record Opened(RawStream stream) implements Upgrade {}

    /** The engine answered something else, usually an error. */
    record Declined(Answer answer) implements Upgrade {}
  }

  /** Closes the idle connections; calls under way go on. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      while (!idle.isEmpty()) {
        idle.removeLast().close();
      }
    }
  }

  private record Head(int status, List<String> headers) {
    static Head read(Connection connection) throws IOException {
      String line = connection.readLine();
      if (!line.startsWith("HTTP/1.") || line.length() < 12) {
        throw new IOException("\"" + line + "\" is not an HTTP answer");
      }
      int status;
      try {
        status = Integer.parseInt(line.substring(9, 12));
      } catch (NumberFormatException e) {
        throw new IOException("\"" + line + "\" is not an HTTP answer", e);
      }
      List<String> headers = new ArrayList<>();
      for (String header = connection.readLine();
          !header.isEmpty();
          header = connection.readLine()) {
        headers.add(header);
      }
      return new Head(status, headers);
    }
  }

  private Answer exchange(
      Connection connection,
      StringBuilder head,
      String method,
      byte @Nullable [] json,
      Deadline deadline) {
    deadline.closes(connection);
    try {
      write(connection, head, json == null ? new byte[0] : json);
      return readHead(connection, method);
    } catch (IOException e) {
      connection.close();
      throw deadline.isOver()
          ? new ConnectionLostException("the engine did not answer in time", e)
          : lost(e);
    }
  }

  private Connection open(Deadline deadline) {
    Connection connection;
    try {
      connection = Connection.unconnected();
    } catch (IOException e) {
      throw new EngineUnreachableException(socket, e);
    }
    deadline.closes(connection);
    try {
      connection.connect(socket);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw new EngineUnreachableException(socket, e);
    }
  }

  private Answer readHead(Connection connection, String method) throws IOException {
    Head head = Head.read(connection);
    while (head.status() == 100) {
      head = Head.read(connection);
    }
    return body(connection, head, method);
  }

  private Answer body(Connection connection, Head head, String method) throws IOException {
    String closing = Answer.header(head.headers(), "Connection");
    boolean reusable = closing == null || !closing.equalsIgnoreCase("close");
    Runnable whenRead = reusable ? () -> keep(connection) : connection::close;
    String coding = Answer.header(head.headers(), "Transfer-Encoding");
    String length = Answer.header(head.headers(), "Content-Length");
    Body body;
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      body = Body.fixed(connection, 0, whenRead);
    } else if (coding != null && coding.equalsIgnoreCase("chunked")) {
      body = Body.chunked(connection, whenRead);
    } else if (length != null) {
      try {
        body = Body.fixed(connection, Long.parseLong(length), whenRead);
      } catch (NumberFormatException e) {
        throw new IOException("\"" + length + "\" is not the length of a body", e);
      }
    } else {
      body = Body.untilClose(connection);
    }
    return new Answer(head.status(), head.headers(), body);
  }

  private @Nullable Connection takeIdle() {
    while (true) {
      Connection connection;
      synchronized (idle) {
        connection = idle.pollLast();
      }
      if (connection == null || connection.isStillOpen()) {
        return connection;
      }
      connection.close();
    }
  }

  private void keep(Connection connection) {
    synchronized (idle) {
      if (!closed) {
        idle.addLast(connection);
        return;
      }
    }
    connection.close();
  }

  private static StringBuilder head(String method, String target, @Nullable String contentType) {
    StringBuilder head = new StringBuilder(160);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: engine\r\n");
    if (contentType != null) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
    }
    return head;
  }

  private static void write(Connection connection, StringBuilder head) throws IOException {
    byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    connection.write(bytes, 0, bytes.length);
  }

  /** Head and body in one write: small requests arrive in one piece. */
  private static void write(Connection connection, StringBuilder head, byte[] body)
      throws IOException {
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    connection.write(whole, 0, whole.length);
  }

  /** Each chunk in one write: its size, padded to always be as long, then the bytes. */
  private static void writeChunks(Connection connection, InputStream body) throws IOException {
    byte[] chunk = new byte[CHUNK_SIZE_DIGITS + 2 + CHUNK + 2];
    int start = CHUNK_SIZE_DIGITS + 2;
    for (int count = read(body, chunk, start); count >= 0; count = read(body, chunk, start)) {
      if (count > 0) {
        for (int i = 0; i < CHUNK_SIZE_DIGITS; i++) {
          int digit = count >> (4 * (CHUNK_SIZE_DIGITS - 1 - i)) & 0xf;
          chunk[i] = (byte) Character.forDigit(digit, 16);
        }
        chunk[CHUNK_SIZE_DIGITS] = '\r';
        chunk[CHUNK_SIZE_DIGITS + 1] = '\n';
        chunk[start + count] = '\r';
        chunk[start + count + 1] = '\n';
        connection.write(chunk, 0, start + count + 2);
      }
    }
    byte[] last = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    connection.write(last, 0, last.length);
  }

  private static int read(InputStream body, byte[] chunk, int start) {
    try {
      return body.read(chunk, start, CHUNK);
    } catch (IOException e) {
      throw new UnreadableBodyException(e);
    }
  }

  private static ConnectionLostException lost(IOException e) {
    String reason = e instanceof EOFException ? e.getMessage() : e.toString();
    return new ConnectionLostException("the connection to the engine broke: " + reason, e);
  }
}
