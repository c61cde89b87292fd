package dev.jcompose.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.core.adapter.EngineAdapter;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real engine in a process and a root of its own. */
public final class EngineUnderTest implements AutoCloseable {
  private final Path root;
  private final Process process;
  private final Engine engine;

  private EngineUnderTest(Path root, Process process, Engine engine) {
    this.root = root;
    this.process = process;
    this.engine = engine;
  }

  public static EngineUnderTest start(Path root) throws IOException {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "SKIPPED: containers need root; run the tests as root to have these run too");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "dev.jcompose.engine.daemon.EngineMain",
                "--root",
                root.toString())
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("out.log").toFile())
            .start();
    Path socket = root.resolve("run/engine.sock");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(socket) || !process.isAlive());
    return new EngineUnderTest(root, process, new EngineAdapter(new EngineClient(socket)));
  }

  /** Test runners hide part of the class path in a class loader of their own. */
  private static String classPath() {
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    if (EngineUnderTest.class.getClassLoader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        path.append(File.pathSeparatorChar).append(url.getPath());
      }
    }
    return path.toString();
  }

  public Engine engine() {
    return engine;
  }

  /** Ends the engine and looks whether anything is left of its containers, keepers included. */
  @Override
  public void close() throws InterruptedException {
    engine.close();
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    await().untilAsserted(() -> assertThat(leftovers()).as("left behind").isEmpty());
  }

  private String leftovers() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder("../samples/leak-check", root.toString())
            .redirectErrorStream(true)
            .start();
    String found = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    check.waitFor();
    return found;
  }
}
