package dev.jcompose.engine.http.routes.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.container.ContainerStreams;
import dev.jcompose.engine.container.ContainerStreams.AttachRequest;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Moments;
import dev.jcompose.engine.http.Parameters;
import dev.jcompose.engine.http.Request;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineServices;
import dev.jcompose.engine.log.LogEntry;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** What containers write and read: logs, attachments, terminal sizes. */
public final class StreamRoutes {
  private final ContainerStreams streams;

  /** Routes to these services. */
  public StreamRoutes(EngineServices services) {
    this.streams = services.streams();
  }

  /** The routes, to be tried in any order. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/containers/{id}/logs", this::logs),
        Route.raw("POST", "/containers/{id}/attach", this::attach),
        Route.raw("GET", "/containers/{id}/attach/ws", this::attachWebSocket),
        Route.of("POST", "/containers/{id}/resize", this::resize));
  }

  private void logs(Exchange exchange) throws IOException, InterruptedException {
    Request request = exchange.request();
    Parameters query = request.query();
    boolean stdout = query.flag("stdout");
    boolean stderr = query.flag("stderr");
    if (!stdout && !stderr) {
      throw HttpProblem.badRequest("must specify at least one of 'stdout' or 'stderr'");
    }
    String id = request.variable("id");
    boolean terminal = streams.hasTerminal(id);
    LogQuery wanted =
        new LogQuery(
            stdout,
            stderr,
            tail(query.string("tail")),
            Moments.parse("since", query.string("since")),
            Moments.parse("until", query.string("until")),
            query.flag("follow"));
    boolean timestamps = query.flag("timestamps");
    boolean details = query.flag("details");
    try (LogReader reader = streams.logs(id, wanted)) {
      exchange.whenClientGoes(reader::close);
      OutputStream out = exchange.stream(200, terminal ? FrameWriter.RAW : FrameWriter.MULTIPLEXED);
      FrameWriter frames = new FrameWriter(out, !terminal);
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        String prefix =
            (timestamps ? Moments.stamp(entry.time()) + " " : "")
                + (details ? details(entry.attributes()) + " " : "");
        frames.write(entry.stream(), ByteBuffer.wrap(prefix.getBytes(UTF_8)), entry.text());
      }
    }
  }

  private void attach(Exchange exchange) throws IOException, InterruptedException {
    Request request = exchange.request();
    DetachKeys detachKeys = DetachKeys.parse(request.query().string("detachKeys"));
    new RawSession(attachment(request), request.query().flag("stdin"), detachKeys).run(exchange);
  }

  private void attachWebSocket(Exchange exchange) throws IOException, InterruptedException {
    Request request = exchange.request();
    DetachKeys detachKeys = DetachKeys.parse(request.query().string("detachKeys"));
    String accept = WebSocketSession.accept(request);
    new WebSocketSession(
            attachment(request),
            request.query().flag("stdin"),
            detachKeys,
            request.version().atLeast(1, 28))
        .run(exchange.header(WebSocketSession.ACCEPT, accept));
  }

  private Attachment attachment(Request request) {
    Parameters query = request.query();
    return streams.attach(
        request.variable("id"),
        new AttachRequest(
            query.flag("stdin"),
            query.flag("stdout"),
            query.flag("stderr"),
            query.flag("stream"),
            query.flag("logs")));
  }

  private void resize(Exchange exchange) throws IOException {
    Parameters query = exchange.request().query();
    streams.resize(exchange.request().variable("id"), Sizes.of(query, "h"), Sizes.of(query, "w"));
    exchange.empty(200);
  }

  /** Number of last entries; everything that is not a number means all, as Docker has it. */
  private static int tail(String text) {
    try {
      return Math.max(-1, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String details(Map<String, String> attributes) {
    StringBuilder text = new StringBuilder();
    attributes.forEach(
        (key, value) ->
            text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value));
    return text.toString();
  }
}
