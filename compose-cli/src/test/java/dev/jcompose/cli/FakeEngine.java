package dev.jcompose.cli;

import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.EngineEvent;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.core.port.stream.EventRequest;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.port.stream.Source;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.port.view.PortView;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** An engine that answers from maps; calls it does not know fail the test. */
public final class FakeEngine {
  public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final EngineEvent END =
      new EngineEvent("end", "end", "end", Map.of(), Instant.EPOCH);

  private final Map<String, ContainerView> containers = new ConcurrentHashMap<>();
  private final Map<String, String> logs = new ConcurrentHashMap<>();
  private final BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>();

  /** The port. */
  public Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            FakeEngine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "containers" -> List.copyOf(containers.values());
                  case "container" -> Optional.ofNullable(containers.get((String) arguments[0]));
                  case "logs" -> log((String) arguments[0], (LogRequest) arguments[1]);
                  case "events" -> events((EventRequest) arguments[0]);
                  case "isUp" -> InvocationHandler.invokeDefault(self, method, arguments);
                  case "close" -> null;
                  case "toString" -> "fake engine";
                  default -> throw new AssertionError("unexpected call: " + method.getName());
                });
  }

  /** Adds a container of project "demo" with lines of log, each beginning with its time. */
  public ContainerView add(String service, ContainerStatus status, String log) {
    ContainerView view = container(service, status);
    containers.put(view.id(), view);
    logs.put(view.id(), log);
    return view;
  }

  /** Lets an event of a container happen. */
  public void happens(String action, ContainerView container, String exitCode) {
    Map<String, String> attributes = new java.util.HashMap<>(container.labels());
    attributes.put("name", container.name());
    attributes.put("exitCode", exitCode);
    events.add(new EngineEvent("container", action, container.id(), attributes, NOON));
  }

  /** A container of project "demo". */
  public static ContainerView container(String service, ContainerStatus status) {
    return new ContainerView(
        service.repeat(64).substring(0, 64),
        "demo-" + service + "-1",
        "jcompose/base",
        "sha256:0",
        "sh -c 'while :; do sleep 1; done'",
        NOON.minusSeconds(300),
        status,
        status == ContainerStatus.RUNNING ? "Up 5 minutes (healthy)" : "Exited (0) 1 second ago",
        status == ContainerStatus.RUNNING ? Health.HEALTHY : Health.NONE,
        0,
        Map.of(
            Labels.PROJECT, "demo",
            Labels.SERVICE, service,
            Labels.NUMBER, "1",
            Labels.ONE_OFF, "False",
            Labels.CONFIG_HASH, "0"),
        List.of(new PortView("0.0.0.0", 8080, 80, "tcp")),
        List.of(),
        "demo_default",
        List.of());
  }

  private OutputReader log(String id, LogRequest request) {
    Queue<Output> pieces = new ArrayDeque<>();
    StringBuilder kept = new StringBuilder();
    logs.getOrDefault(id, "")
        .lines()
        .filter(
            line ->
                request.since() == null
                    || !Instant.parse(line.substring(0, line.indexOf(' ')))
                        .isBefore(request.since()))
        .forEach(line -> kept.append(line).append('\n'));
    // In two pieces that do not end at a line's end.
    byte[] all = kept.toString().getBytes(StandardCharsets.UTF_8);
    int half = all.length / 2;
    pieces.add(new Output(Source.OUT, ByteBuffer.wrap(all, 0, half)));
    pieces.add(new Output(Source.OUT, ByteBuffer.wrap(all, half, all.length - half)));
    return new OutputReader() {
      @Override
      public @Nullable Output next() {
        return pieces.poll();
      }

      @Override
      public void close() {}
    };
  }

  private EventReader events(EventRequest request) {
    return new EventReader() {
      @Override
      public @Nullable EngineEvent next() {
        try {
          EngineEvent event = events.take();
          return event.equals(END) ? null : event;
        } catch (InterruptedException e) {
          throw new AssertionError(request.toString(), e);
        }
      }

      @Override
      public void close() {
        // What has not been read of a closed stream is lost.
        events.clear();
        events.add(END);
      }
    };
  }
}
