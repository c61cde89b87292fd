import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The figures of the main job: {@code up}, {@code down}, {@code ps}, {@code version} from a warm
 * engine and the engine's own start, for jcompose and, in the same run, for docker compose.
 */
class Bench {
  /** How {@code plan} ends then. */
  private static final int THERE_IS_SOMETHING_TO_DO = 2;

  private static final int SERVICES = 10;

  private final Path repository;
  private final Path work;
  private final Path compose;

  Bench(Path repository, Path work) {
    this.repository = repository;
    this.work = work;
    this.compose = work.resolve("compose.yaml");
  }

  /** A program that understands docker compose's command line. */
  record Subject(String name, List<String> command, Map<String, String> environment) {}

  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("jcompose-bench-");
    try {
      if (args.length > 1 && args[1].equals("pull")) {
        int files = args.length > 2 ? Integer.parseInt(args[2]) : 30_000;
        int megabytes = args.length > 3 ? Integer.parseInt(args[3]) : 500;
        new PullBench(Path.of(args[0]), work, files, megabytes).run();
      } else if (args.length > 1 && args[1].equals("build")) {
        int files = args.length > 2 ? Integer.parseInt(args[2]) : 10_000;
        new BuildBench(Path.of(args[0]), work, files).run();
      } else {
        new Bench(Path.of(args[0]), work).run();
      }
    } finally {
      deleteTree(work);
    }
  }

  private void run() throws Exception {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 1; i <= SERVICES; i++) {
      text.append("  s").append(i).append(":\n    image: jcompose/base\n    command: sleep 1000\n");
    }
    Files.writeString(compose, text);
    Path root = work.resolve("state");
    Path bin = repository.resolve("compose-cli/target/jcompose/bin");
    Subject distribution =
        new Subject(
            "jcompose",
            List.of(bin.resolve("jcompose").toString()),
            Map.of("JCOMPOSE_ROOT", root.toString()));
    Subject launcher =
        new Subject(
            "./jcompose",
            List.of(repository.resolve("jcompose").toString()),
            distribution.environment());

    System.out.printf("%-46s %9s %9s %9s%n", "milliseconds", "median", "least", "target");
    engineStart(bin, work.resolve("cold"));
    measure(distribution, "version", 15, 70, () -> run(distribution, "version"));
    measure(launcher, "version", 15, 80, () -> run(launcher, "version"));
    config(distribution);
    Optional<Path> reader = composePlugin();
    if (reader.isPresent()) {
      config(new Subject("docker compose", List.of(reader.get().toString()), Map.of()));
    } else {
      System.out.println(
          "docker compose: config not measured, there is no version 2 or later here");
    }
    project(distribution, 500, 400, 120);
    chain(distribution, 1000);
    hundred(distribution, 4000);
    thousand(distribution, 500);
    run(distribution, "engine", "stop");

    try (Docker docker = Docker.start(work.resolve("docker"), root)) {
      if (docker.unavailable() != null) {
        System.out.println("docker: not measured, " + docker.unavailable());
      } else {
        project(docker.subject(), -1, -1, -1);
        chain(docker.subject(), -1);
      }
    }
  }

  /**
   * The docker compose program of version 2 or later, which needs no engine for {@code config}: the
   * variable DOCKER_COMPOSE, the folders where Docker and distributions put it, then PATH.
   */
  private static Optional<Path> composePlugin() {
    List<String> folders =
        new ArrayList<>(
            List.of(
                System.getenv("HOME") + "/.docker/cli-plugins",
                "/usr/local/lib/docker/cli-plugins",
                "/usr/local/libexec/docker/cli-plugins",
                "/usr/lib/docker/cli-plugins",
                "/usr/libexec/docker/cli-plugins"));
    folders.addAll(List.of(System.getenv("PATH").split(":", -1)));
    Stream<Path> given = Stream.ofNullable(System.getenv("DOCKER_COMPOSE")).map(Path::of);
    return Stream.concat(given, folders.stream().map(f -> Path.of(f, "docker-compose")))
        .filter(Files::isExecutable)
        .filter(Bench::isSecondVersion)
        .findFirst();
  }

  private static boolean isSecondVersion(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "version", "--short")
              .redirectErrorStream(true)
              .start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && !version.strip().replace("v", "").startsWith("1.");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Reading alone: a trivial project, and 300 services that all extend one and interpolate. */
  private void config(Subject subject) throws IOException {
    Path small = work.resolve("small.yaml");
    Files.writeString(small, "services:\n  web:\n    image: jcompose/base\n");
    StringBuilder text = new StringBuilder("services:\n  base:\n    image: ${IMAGE:-x}\n");
    for (int i = 1; i <= 300; i++) {
      text.append("  s%d:\n    extends: base\n    environment:\n".formatted(i));
      text.append("      NAME: s%d-${SUFFIX:-none}\n      HOME_IS: ${HOME}\n".formatted(i));
    }
    Path large = work.resolve("large.yaml");
    Files.writeString(large, text);
    measure(
        subject,
        "config, one service",
        15,
        subject.name().equals("jcompose") ? 70 : -1,
        () -> run(subject, "-f", small + "", "config"));
    measure(
        subject,
        "config, 300 services that extend",
        9,
        subject.name().equals("jcompose") ? 360 : -1,
        () -> run(subject, "-f", large + "", "config"));
  }

  private void project(Subject subject, long up, long down, long ps) {
    run(subject, file("up", "-d"));
    run(subject, file("down", "-t", "0"));
    List<Long> ups = new ArrayList<>();
    List<Long> agains = new ArrayList<>();
    List<Long> lists = new ArrayList<>();
    List<Long> downs = new ArrayList<>();
    for (int round = 0; round < 7; round++) {
      ups.add(time(() -> run(subject, file("up", "-d"))));
      agains.add(time(() -> run(subject, file("up", "-d"))));
      lists.add(time(() -> run(subject, file("ps"))));
      downs.add(time(() -> run(subject, file("down", "-t", "0"))));
    }
    print(subject.name() + ": up -d, " + SERVICES + " sleep services", ups, up);
    print(subject.name() + ": up -d, nothing to do", agains, -1);
    print(subject.name() + ": ps", lists, ps);
    print(subject.name() + ": down -t 0", downs, down);
  }

  /** Five services, each of which waits until the one before it is healthy, which it is at once. */
  private void chain(Subject subject, long target) throws IOException {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 1; i <= 5; i++) {
      text.append("  s").append(i).append(":\n    image: jcompose/base\n    command: sleep 1000\n");
      text.append("    healthcheck: {test: [CMD, \"true\"], interval: 30s, start_period: 30s,");
      text.append(" start_interval: 50ms}\n");
      if (i > 1) {
        text.append("    depends_on: {s" + (i - 1) + ": {condition: service_healthy}}\n");
      }
    }
    ups(subject, "chain of 5 service_healthy", text, 5, target);
  }

  private void hundred(Subject subject, long target) throws IOException {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 1; i <= 100; i++) {
      text.append("  s").append(i).append(":\n    image: jcompose/base\n    command: sleep 1000\n");
    }
    ups(subject, "100 sleep services", text, 3, target);
  }

  /** From the text of a thousand services, in chains of a hundred, to the printed plan. */
  private void thousand(Subject subject, long target) throws IOException {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 1; i <= 1000; i++) {
      text.append("  s").append(i).append(":\n    image: jcompose/base\n    command: sleep 1000\n");
      if (i > 10) {
        text.append("    depends_on: [s").append(i - 10).append("]\n");
      }
    }
    Path file = work.resolve("thousand.yaml");
    Files.writeString(file, text);
    List<Long> plans = new ArrayList<>();
    for (int round = 0; round < 7; round++) {
      plans.add(time(() -> run(subject, THERE_IS_SOMETHING_TO_DO, file(file, "plan"))));
    }
    print(subject.name() + ": plan, 1000 services", plans, target);
  }

  private void ups(Subject subject, String what, CharSequence text, int rounds, long target)
      throws IOException {
    Path file = work.resolve("other.yaml");
    Files.writeString(file, text);
    List<Long> ups = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ups.add(time(() -> run(subject, file(file, "up", "-d"))));
      run(subject, file(file, "down", "-t", "0"));
    }
    print(subject.name() + ": up -d, " + what, ups, target);
  }

  private String[] file(String... verb) {
    return file(compose, verb);
  }

  private static String[] file(Path compose, String... verb) {
    List<String> arguments = new ArrayList<>(List.of("-p", "bench", "-f", compose.toString()));
    arguments.addAll(Arrays.asList(verb));
    return arguments.toArray(String[]::new);
  }

  /** From the start of the engine's process to its first answer. */
  private void engineStart(Path bin, Path root) throws Exception {
    List<Long> starts = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      long begin = System.nanoTime();
      Process engine =
          new ProcessBuilder(bin.resolve("jcompose-engine").toString(), "--root", root.toString())
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("engine.out").toFile())
              .start();
      awaitPing(root.resolve("run/engine.sock"), engine);
      starts.add(System.nanoTime() - begin);
      engine.destroy();
      engine.waitFor();
    }
    print("jcompose-engine: first answer after start", starts, 800);
  }

  static void awaitPing(Path socket, Process engine) throws InterruptedException {
    while (engine.isAlive()) {
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.write(
            ByteBuffer.wrap(
                "GET /_ping HTTP/1.1\r\nHost: engine\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        if (channel.read(ByteBuffer.allocate(512)) > 0) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(2);
      }
    }
    throw new IllegalStateException("the engine ended before it answered");
  }

  private void measure(Subject subject, String what, int rounds, long target, Runnable command) {
    command.run();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      times.add(time(command));
    }
    print(subject.name() + ": " + what, times, target);
  }

  private static void print(String what, List<Long> nanos, long target) {
    List<Long> sorted = nanos.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-46s %9.1f %9.1f %9s%n",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.getFirst() / 1e6,
        target < 0 ? "" : "<= " + target);
  }

  private static long time(Runnable command) {
    long begin = System.nanoTime();
    command.run();
    return System.nanoTime() - begin;
  }

  private void run(Subject subject, String... arguments) {
    run(subject, 0, arguments);
  }

  private void run(Subject subject, int expected, String... arguments) {
    List<String> command = new ArrayList<>(subject.command());
    command.addAll(Arrays.asList(arguments));
    try {
      Path output = work.resolve("command.out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(work.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(subject.environment());
      int code = builder.start().waitFor();
      if (code != expected) {
        throw new IllegalStateException(
            String.join(" ", command) + " ended with " + code + ":\n" + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A dockerd of our own, with the same base image imported from the layer jcompose made. */
  static final class Docker implements AutoCloseable {
    private final String unavailable;
    private final Process daemon;
    private final Subject subject;

    private Docker(String unavailable, Process daemon, Subject subject) {
      this.unavailable = unavailable;
      this.daemon = daemon;
      this.subject = subject;
    }

    /** Why docker was not measured, or null when it runs. */
    String unavailable() {
      return unavailable;
    }

    Subject subject() {
      return subject;
    }

    /** Where the daemon listens. */
    String host() {
      return subject.environment().get("DOCKER_HOST");
    }

    static Docker start(Path folder, Path jcomposeRoot) throws Exception {
      List<String> composeCommand;
      if (succeeds(Map.of(), "docker", "compose", "version")) {
        composeCommand = List.of("docker", "compose");
      } else if (succeeds(Map.of(), "docker-compose", "version")) {
        composeCommand = List.of("docker-compose");
      } else {
        return new Docker("docker compose is not installed", null, null);
      }
      return start(folder, jcomposeRoot, composeCommand);
    }

    /** A daemon for those who need no docker compose. */
    static Docker startDaemon(Path folder, Path jcomposeRoot) throws Exception {
      return start(folder, jcomposeRoot, List.of("docker"));
    }

    private static Docker start(Path folder, Path jcomposeRoot, List<String> client)
        throws Exception {
      if (!succeeds(Map.of(), "dockerd", "--version")) {
        return new Docker("dockerd is not installed", null, null);
      }
      String host = "unix://" + folder.resolve("docker.sock");
      Map<String, String> environment = Map.of("DOCKER_HOST", host);
      Files.createDirectories(folder);
      Process daemon =
          // In a network namespace of its own, for dockerd leaves its firewall rules behind.
          new ProcessBuilder(
                  "unshare",
                  "--net",
                  "sh",
                  "-c",
                  "ip link set lo up && exec dockerd \"$@\"",
                  "dockerd",
                  "--data-root",
                  folder.resolve("data").toString(),
                  "--exec-root",
                  folder.resolve("exec").toString(),
                  "--pidfile",
                  folder.resolve("pid").toString(),
                  "-H",
                  host)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      for (int i = 0; i < 300 && daemon.isAlive(); i++) {
        if (succeeds(environment, "docker", "version")) {
          Path layer = baseLayer(jcomposeRoot);
          boolean imported =
              succeeds(
                  environment,
                  "sh",
                  "-c",
                  "tar -C '" + layer + "' -c . | docker import - jcompose/base");
          return imported
              ? new Docker(null, daemon, new Subject("docker", client, environment))
              : stopped(daemon, "the base image could not be imported");
        }
        Thread.sleep(100);
      }
      return stopped(daemon, "dockerd did not start; see its log");
    }

    private static Docker stopped(Process daemon, String reason) throws InterruptedException {
      daemon.destroy();
      daemon.waitFor();
      return new Docker(reason, null, null);
    }

    private static Path baseLayer(Path jcomposeRoot) throws IOException {
      try (Stream<Path> layers = Files.list(jcomposeRoot.resolve("layers"))) {
        return layers.filter(Files::isDirectory).findFirst().orElseThrow();
      }
    }

    private static boolean succeeds(Map<String, String> environment, String... command)
        throws InterruptedException {
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return builder.start().waitFor() == 0;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() throws InterruptedException {
      if (daemon != null) {
        daemon.destroy();
        daemon.waitFor();
      }
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
