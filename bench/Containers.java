import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The figures of single containers in a warm engine, asked over its socket without the command
 * line: create and start, exec, the engine's memory with 50 idle containers, and 200 that come and
 * go. crun and runc, where they are installed, run the same program from the same files.
 */
class Containers {
  private static final int WARM = 40;
  private static final int ROUNDS = 30;
  private static final int WAVES = 4;
  private static final int A_WAVE = 50;

  private final Path repository;
  private final Path work;
  private final Path root;
  private EngineClient client;
  private int number;

  Containers(Path repository, Path work) {
    this.repository = repository;
    this.work = work;
    this.root = work.resolve("state");
  }

  public static void main(String[] args) throws Exception {
    Path work = Files.createTempDirectory("jcompose-bench-");
    try {
      new Containers(Path.of(args[0]), work).run();
    } finally {
      deleteTree(work);
    }
  }

  private void run() throws Exception {
    Process engine =
        new ProcessBuilder(
                repository.resolve("compose-cli/target/jcompose/bin/jcompose-engine").toString(),
                "--root",
                root.toString(),
                "--idle",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("engine.out").toFile())
            .start();
    try {
      client = new EngineClient(root.resolve("run/engine.sock"));
      await(engine);
      System.out.printf("%-52s %9s %9s %9s%n", "milliseconds", "median", "least", "target");
      starts("none", WARM, false, -1);
      starts("none", ROUNDS, true, 15);
      // The default bridge goes with its last container; one stays, as in a machine that is in use.
      String resident = create("bridge", "sleep", "1000");
      client.containers().start(resident);
      starts("bridge", WARM, false, -1);
      starts("bridge", ROUNDS, true, 25);
      client.containers().remove(resident, true, true);
      execs();
      waves(engine.pid());
      foreign();
    } finally {
      engine.destroy();
      engine.waitFor();
    }
    leaks();
  }

  private void await(Process engine) throws Exception {
    while (engine.isAlive()) {
      try {
        client.containers().remove(create("none", "true"), true, true);
        return;
      } catch (RuntimeException notYet) {
        Thread.sleep(20);
      }
    }
    throw new IllegalStateException(
        "the engine ended: " + Files.readString(work.resolve("engine.out")));
  }

  private String create(String network, String... command) {
    StringBuilder words = new StringBuilder();
    for (String word : command) {
      words.append(words.isEmpty() ? "" : ",").append(Json.print(word));
    }
    JsonObject body =
        Json.object(
            "{\"Image\":\"jcompose/base\",\"Cmd\":["
                + words
                + "],\"HostConfig\":{\"NetworkMode\":\""
                + network
                + "\"}}");
    return client
        .post(Query.path("containers", "create").and("name", "b" + ++number), () -> body)
        .string("Id");
  }

  private void starts(String network, int rounds, boolean shown, long target) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      List<String> made = new ArrayList<>();
      times.add(
          time(
              () -> {
                String id = create(network, "sleep", "1000");
                client.containers().start(id);
                return made.add(id);
              }));
      client.containers().remove(made.getFirst(), true, true);
    }
    if (shown) {
      print("jcompose: create and start, network " + network, times, target);
    }
  }

  private void execs() throws Exception {
    String id = create("none", "sleep", "1000");
    client.containers().start(id);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < WARM + ROUNDS; i++) {
      long taken =
          time(
              () -> {
                JsonObject wanted = Json.object("{\"Cmd\":[\"true\"],\"AttachStdout\":true}");
                String exec =
                    client.post(Query.path("containers", id, "exec"), () -> wanted).string("Id");
                JsonObject start = Json.object("{\"Detach\":false}");
                try (var stream = client.upgrade(Query.path("exec", exec, "start"), () -> start)) {
                  return stream.input().read();
                }
              });
      if (i >= WARM) {
        times.add(taken);
      }
    }
    print("jcompose: exec true, from request to its end", times, 8);
    client.containers().remove(id, true, true);
  }

  /** Containers that come and go, and what the engine holds meanwhile. */
  private void waves(long engine) throws Exception {
    for (int wave = 1; wave <= WAVES; wave++) {
      List<String> ids = new ArrayList<>();
      long begin = System.nanoTime();
      for (int i = 0; i < A_WAVE; i++) {
        String id = create("bridge", "sleep", "1000");
        client.containers().start(id);
        ids.add(id);
      }
      long started = System.nanoTime();
      // Idle is what the target speaks of; the engine trims its heap when it is quiet.
      Thread.sleep(4000);
      long memory = resident(engine);
      long removing = System.nanoTime();
      for (String id : ids) {
        client.containers().remove(id, true, true);
      }
      System.out.printf(
          Locale.ROOT,
          "%-52s %9.1f %9.1f %9s%n",
          "jcompose: wave " + wave + " of " + A_WAVE + ": start, remove each",
          (started - begin) / 1e6 / A_WAVE,
          (System.nanoTime() - removing) / 1e6 / A_WAVE,
          "");
      System.out.printf(
          "%-52s %9d %9d %9s%n",
          "jcompose: MB of the engine with " + A_WAVE + ", with none",
          memory >> 10,
          resident(engine) >> 10,
          "<= 120");
      System.out.printf(
          "%-52s %9d %9d %9s%n",
          "jcompose: open files and threads of the engine then",
          entries("/proc/" + engine + "/fd"),
          entries("/proc/" + engine + "/task"),
          "");
    }
  }

  private static long entries(String directory) throws IOException {
    try (Stream<Path> all = Files.list(Path.of(directory))) {
      return all.count();
    }
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** The same program from the same files, by other runtimes: create, start, end and delete. */
  private void foreign() throws Exception {
    List<Long> ours = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      ours.add(
          time(
              () -> {
                String id = create("none", "true");
                try (var wait =
                    client
                        .containers()
                        .await(
                            id,
                            dev.jcompose.engine.api.client.ContainerCalls.Condition.NEXT_EXIT)) {
                  client.containers().start(id);
                  var _ = wait.get();
                }
                client.containers().remove(id, true, true);
                return id;
              }));
    }
    print("jcompose: run true to its end and remove it", ours, -1);
    for (String runtime : List.of("crun", "runc")) {
      try {
        Path bundle = Files.createDirectories(work.resolve(runtime));
        succeed(bundle, runtime, "spec");
        Path layer;
        try (Stream<Path> layers = Files.list(root.resolve("layers"))) {
          layer = layers.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path config = bundle.resolve("config.json");
        Files.writeString(
            config,
            Files.readString(config)
                .replaceFirst("\"terminal\": true", "\"terminal\": false")
                .replaceFirst("\"sh\"", "\"true\"")
                .replaceFirst("\"path\": \"rootfs\"", "\"path\": " + Json.print(layer.toString())));
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
          String id = "jcompose-bench-" + ++number;
          times.add(
              time(
                  () -> {
                    succeed(bundle, runtime, "run", id);
                    return id;
                  }));
        }
        print(runtime + ": run true to its end", times, -1);
      } catch (IOException absent) {
        System.out.println(runtime + ": not measured, " + absent.getMessage());
      }
    }
  }

  private static void succeed(Path directory, String... command) throws Exception {
    int code =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", command)
              + " ended with "
              + code
              + ": "
              + Files.readString(directory.resolve("output")).strip());
    }
  }

  private void leaks() throws Exception {
    int code =
        new ProcessBuilder(repository.resolve("samples/leak-check").toString(), root.toString())
            .inheritIO()
            .start()
            .waitFor();
    System.out.println(
        code == 0 ? "jcompose: nothing is left behind" : "jcompose: LEAKS, see above");
  }

  private static long time(Callable<?> work) throws Exception {
    long begin = System.nanoTime();
    var _ = work.call();
    return System.nanoTime() - begin;
  }

  private static void print(String what, List<Long> nanos, long target) {
    List<Long> sorted = nanos.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-52s %9.1f %9.1f %9s%n",
        what,
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.getFirst() / 1e6,
        target < 0 ? "" : "<= " + target);
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
