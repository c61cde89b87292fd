package dev.jcompose.cli.follow;

import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.Source;
import dev.jcompose.core.port.view.ContainerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints the logs of several containers as one, in the order in which the lines were written. */
public final class LogHistory {
  private final Engine engine;
  private final LogPrinter printer;
  private final Function<ContainerView, String> names;

  /** {@code names} gives the name a container has in prefixes. */
  public LogHistory(Engine engine, LogPrinter printer, Function<ContainerView, String> names) {
    this.engine = engine;
    this.printer = printer;
    this.names = names;
  }

  private record Head(ContainerView container, LineReader reader, TimedLine line) {}

  /**
   * Prints what the request asks for, which must not follow.
   *
   * @param showErrors whether what was written to standard error goes there here too
   * @return when each container wrote its last line, by id; without those that wrote none
   */
  public Map<String, Instant> print(
      List<ContainerView> containers, LogRequest request, boolean showErrors) {
    LogRequest timed =
        new LogRequest(false, true, request.tail(), request.since(), request.until());
    Map<String, Instant> last = new HashMap<>();
    List<LineReader> readers = new ArrayList<>();
    try {
      PriorityQueue<Head> heads =
          new PriorityQueue<>(Comparator.comparing((Head head) -> head.line().stamp()));
      for (ContainerView container : containers) {
        printer.register(names.apply(container));
        LineReader reader = new LineReader(engine.logs(container.id(), timed));
        readers.add(reader);
        push(heads, container, reader);
      }
      for (Head head = heads.poll(); head != null; head = heads.poll()) {
        TimedLine line = head.line();
        printer.print(
            names.apply(head.container()),
            line.print(request.timestamps()),
            showErrors && line.source() == Source.ERR);
        Instant time = line.time();
        if (time != null) {
          last.put(head.container().id(), time);
        }
        push(heads, head.container(), head.reader());
      }
    } finally {
      readers.forEach(LineReader::close);
      printer.flush();
    }
    return last;
  }

  private static void push(PriorityQueue<Head> heads, ContainerView container, LineReader reader) {
    @Nullable TimedLine line = reader.next();
    if (line != null) {
      heads.add(new Head(container, reader, line));
    }
  }
}
