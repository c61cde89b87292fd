package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.container.Containers.ExitOutcome;
import dev.jcompose.engine.container.Containers.WaitCondition;
import dev.jcompose.engine.container.exec.Execs;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.log.LogEntry;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An engine inside the test's own process, on the real kernel, with a root of its own. */
final class TestEngine implements AutoCloseable {
  final StateDirectory state;
  final EventBus events = new EventBus(Clock.systemUTC());
  final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  final EngineParts parts;

  private TestEngine(Path root, Clock clock) throws IOException {
    state = StateDirectory.of(root);
    Files.createDirectories(state.run());
    parts = EngineParts.open(state, StorageLimits.NONE, events, executor, clock);
  }

  static TestEngine start() throws IOException {
    return start(Clock.systemUTC());
  }

  /** An engine that takes this for the machine's clock. */
  static TestEngine start(Clock clock) throws IOException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "SKIPPED: real containers need root");
    return new TestEngine(Files.createTempDirectory("jcompose-it"), clock);
  }

  /** A container of the base image that runs one shell line. */
  static ContainerSpec shell(String line) {
    return ContainerSpec.ofImage("jcompose/base")
        .withProcess(ProcessSettings.NONE.withCommand("sh", "-c", line));
  }

  /** One without a network. */
  static ContainerSpec alone(String line) {
    return shell(line).withNetwork(NetworkSettings.DEFAULT.withNetworks("none", Map.of()));
  }

  String create(ContainerSpec spec) {
    return parts.containers.create(null, spec).id();
  }

  /** Creates, starts, waits for the end. */
  Finished run(ContainerSpec spec) throws Exception {
    String id = create(spec);
    var end = parts.containers.await(id, WaitCondition.NEXT_EXIT);
    parts.containers.start(id);
    ExitOutcome outcome = end.get(20, TimeUnit.SECONDS);
    return new Finished(id, outcome.exitCode(), logs(id));
  }

  /** Runs one shell line in a container, and does not wait for it. */
  String exec(String id, String line) {
    String exec =
        parts.execs.create(
            id,
            new Execs.ExecRequest(
                List.of("sh", "-c", line), List.of(), "", "", false, false, true, true, false, ""));
    parts.execs.startDetached(exec);
    return exec;
  }

  record Finished(String id, int exitCode, String output) {}

  String logs(String id) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    try (LogReader reader = parts.streams.logs(id, LogQuery.ALL)) {
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        text.append(UTF_8.decode(entry.text()));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    parts.containers.list().forEach(c -> parts.containers.remove(c.id(), true, true));
    parts.networks.list().stream()
        .filter(network -> !network.predefined())
        .forEach(network -> parts.networks.remove(network.id()));
    parts.close();
    executor.shutdownNow();
    Leftovers.awaitNone(state.root());
    FileTrees.delete(state.root());
  }
}
