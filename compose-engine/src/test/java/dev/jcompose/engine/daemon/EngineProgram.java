package dev.jcompose.engine.daemon;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The engine as a process of its own, which a test may kill. */
final class EngineProgram implements AutoCloseable {
  final StateDirectory state;
  private final List<String> properties;
  private Process process;

  private EngineProgram(Path root, List<String> properties) throws IOException {
    this.state = StateDirectory.of(root);
    this.properties = properties;
    this.process = spawn();
  }

  static EngineProgram start(Path root, String... properties) throws IOException {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "SKIPPED: the engine needs root");
    return new EngineProgram(root, List.of(properties));
  }

  private Process spawn() throws IOException {
    return spawn(properties);
  }

  private Process spawn(List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(more);
    command.addAll(
        List.of("-cp", classPath(), EngineMain.class.getName(), "--root", state.root().toString()));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(
                    Files.createDirectories(state.root()).resolve("out.log").toFile()))
            .start();
    await().atMost(Duration.ofSeconds(30)).until(() -> accepts() || !started.isAlive());
    return started;
  }

  // Some test runners load the classes themselves and leave the property to their own jar.
  private static String classPath() {
    if (EngineProgram.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(":"));
    }
    return System.getProperty("java.class.path");
  }

  private boolean accepts() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(state.socket()));
    } catch (IOException e) {
      return false;
    }
  }

  EngineClient client() {
    return new EngineClient(state.socket());
  }

  /** SIGKILL, and a new engine on the same root. */
  void killAndStartAgain() throws Exception {
    kill();
    process = spawn();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits until the process has ended by itself; its exit code. */
  int awaitDeath() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the engine lives on");
    }
    return process.exitValue();
  }

  void startAgain() throws IOException {
    process = spawn();
  }

  /** SIGTERM; how the program ended. */
  int end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the engine does not end");
    }
    return process.exitValue();
  }

  /** Runs a second engine on the same root to its end. */
  int second() throws Exception {
    Process other = spawn();
    if (!other.waitFor(20, TimeUnit.SECONDS)) {
      other.destroyForcibly();
      throw new IllegalStateException("two engines serve " + state.root());
    }
    return other.exitValue();
  }

  /** Removes all containers. */
  void removeContainers() {
    try (EngineClient client = client()) {
      for (JsonObject each : client.list(Query.path("containers", "json").and("all", true))) {
        client.containers().remove(each.string("Id"), true, true);
      }
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM, without waiting. */
  void tellToEnd() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  List<String> log() throws IOException {
    return Files.readAllLines(state.engineLog());
  }

  @Override
  public void close() throws Exception {
    if (process.isAlive()) {
      end();
    }
  }
}
