package dev.jcompose.engine.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Debian's docker-registry on a free port of loopback, with its data in a directory. */
public final class DebianRegistry implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
  private static final Pattern LISTENING = Pattern.compile("listening on ([0-9.:]+)");
  private static final Pattern REQUEST = Pattern.compile("\"([A-Z]+ /v2/\\S*) HTTP/1\\.[01]\"");

  private final Process process;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final String domain;

  private DebianRegistry(Process process) throws Exception {
    this.process = process;
    CompletableFuture<String> address = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> read(process, address));
    this.domain = address.get(30, TimeUnit.SECONDS);
  }

  /** Whether the machine has it; {@code .ci/run} installs it. */
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** One that anybody may use. */
  public static DebianRegistry plain(Path directory) throws Exception {
    return start(directory, "", "");
  }

  /** One that wants a name and a password of this htpasswd file. */
  public static DebianRegistry withPasswords(Path directory, Path htpasswd) throws Exception {
    return start(
        directory, "", "auth:\n  htpasswd:\n    realm: test\n    path: " + htpasswd + "\n");
  }

  /** One that speaks TLS. */
  public static DebianRegistry withTls(Path directory, Path certificate, Path key)
      throws Exception {
    return start(
        directory, "  tls:\n    certificate: %s\n    key: %s\n".formatted(certificate, key), "");
  }

  /** One that speaks TLS with clients whose certificate this authority has signed. */
  public static DebianRegistry withTlsForKnownClients(
      Path directory, Path certificate, Path key, Path authority) throws Exception {
    return start(
        directory,
        "  tls:\n    certificate: %s\n    key: %s\n    clientcas:\n      - %s\n"
            .formatted(certificate, key, authority),
        "");
  }

  private static DebianRegistry start(Path directory, String http, String more) throws Exception {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("config.yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        log:
          accesslog:
            disabled: false
        storage:
          filesystem:
            rootdirectory: %s
        http:
          addr: 127.0.0.1:0
        """
                .formatted(directory.resolve("data"))
            + http
            + more);
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "serve", configuration.toString())
            .redirectErrorStream(true)
            .start();
    try {
      return new DebianRegistry(process);
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private void read(Process from, CompletableFuture<String> address) {
    StringBuilder all = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(listening.group(1));
        }
        Matcher request = REQUEST.matcher(line);
        if (request.find()) {
          requests.add(request.group(1));
        }
        all.append(line).append('\n');
      }
    } catch (IOException e) {
      all.append(e);
    }
    address.completeExceptionally(new IOException("docker-registry ended:\n" + all));
  }

  /** Host and port. */
  public String domain() {
    return domain;
  }

  /** Method and path of the requests so far; the last few may still be missing. */
  public Stream<String> requests() {
    return requests.stream();
  }

  /** Forgets the requests so far. */
  public void forgetRequests() {
    requests.clear();
  }

  /** Runs a program and returns what it printed; a failure of it is one of the test. */
  public static String run(@Nullable Path directory, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(directory == null ? null : directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
    }
    return output;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
