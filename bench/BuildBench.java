import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The figures of builds: a rebuild in which nothing changes, and COPY of many small files cold,
 * unchanged and with one file changed; beside docker's two builders where dockerd is installed.
 */
final class BuildBench {
  private static final int FOLDERS = 100;
  private static final int BYTES = 700;

  private final Path repository;
  private final Path work;
  private final int files;
  private final Random random = new Random(1);

  BuildBench(Path repository, Path work, int files) {
    this.repository = repository;
    this.work = work;
    this.files = files;
  }

  /** Something that builds a folder with a Dockerfile, given by its name. */
  private record Builder(String name, List<String> before, Map<String, String> environment) {
    List<String> command(String context) {
      List<String> command = new ArrayList<>(before);
      command.add(context);
      return command;
    }
  }

  void run() throws Exception {
    prepare();
    Path root = work.resolve("state");
    Path bin = repository.resolve("compose-cli/target/jcompose/bin");
    String program = bin.resolve("jcompose").toString();
    Builder own =
        new Builder(
            "jcompose",
            List.of(program, "build", "-q"),
            Map.of("JCOMPOSE_ROOT", root.toString(), "COMPOSE_FILE", work + "/compose.yaml"));
    System.out.printf("%-46s %9s %9s %9s%n", "milliseconds", "median", "least", "target");
    Builder stop = new Builder("", List.of(program, "engine", "stop"), own.environment());
    // Makes the base image, and its layer the only one, which is what docker gets.
    run(new Builder("", List.of(program, "image", "inspect"), own.environment()), "jcompose/base");
    try (Bench.Docker docker = Bench.Docker.startDaemon(work.resolve("docker"), root)) {
      measure(own, List.of(150, 2500, 300, 600));
      if (docker.unavailable() != null) {
        System.out.println("docker is not measured: " + docker.unavailable());
      } else {
        for (String kit : List.of("0", "1")) {
          measure(docker(docker, kit), List.of());
        }
      }
    } finally {
      run(stop, null);
    }
  }

  private Builder docker(Bench.Docker docker, String kit) {
    Map<String, String> environment = Map.of("DOCKER_HOST", docker.host(), "DOCKER_BUILDKIT", kit);
    // The client of the daemon's own package: later ones want a plugin for BuildKit.
    String client = Files.isExecutable(Path.of("/usr/bin/docker")) ? "/usr/bin/docker" : "docker";
    return new Builder(
        kit.equals("1") ? "docker, BuildKit" : "docker, classic",
        List.of(client, "build", "-q"),
        environment);
  }

  private void prepare() throws IOException {
    Path steps = Files.createDirectories(work.resolve("steps"));
    Files.writeString(
        steps.resolve("Dockerfile"),
        "FROM jcompose/base\nRUN echo one > /one\nRUN echo two > /two\nRUN echo three > /three\n");
    Path copy = Files.createDirectories(work.resolve("copy"));
    Files.writeString(copy.resolve("Dockerfile"), "FROM jcompose/base\nCOPY files /files\n");
    Files.writeString(
        work.resolve("compose.yaml"),
        "name: bench\nservices:\n  steps:\n    build: steps\n  copy:\n    build: copy\n");
  }

  private void measure(Builder builder, List<Integer> targets) throws Exception {
    try {
      run(builder, context(builder, "steps"));
    } catch (IllegalStateException e) {
      System.out.println(builder.name() + " is not measured: " + e.getMessage().strip());
      return;
    }
    String one = context(builder, "steps");
    String all = context(builder, "copy");
    report(builder, "three RUN steps, nothing changed", 15, targets, 0, () -> {}, one);
    report(builder, "COPY of " + files + " files, cold", 3, targets, 1, this::writeAll, all);
    report(builder, "COPY of " + files + " files, unchanged", 7, targets, 2, () -> {}, all);
    report(builder, "COPY of " + files + " files, one changed", 5, targets, 3, this::writeOne, all);
  }

  private String context(Builder builder, String name) {
    return builder.name().equals("jcompose") ? name : work.resolve(name).toString();
  }

  private void writeAll() {
    for (int i = 0; i < files; i++) {
      write(i);
    }
    settle();
  }

  private void writeOne() {
    write(random.nextInt(files));
    settle();
  }

  /** What a file was written to a moment ago has to be read to know it; nobody saves that fast. */
  private static void settle() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(int number) {
    byte[] content = new byte[BYTES];
    random.nextBytes(content);
    Path file = work.resolve("copy/files/" + number % FOLDERS + "/file" + number);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(
      Builder builder,
      String what,
      int times,
      List<Integer> targets,
      int target,
      Runnable before,
      String context)
      throws Exception {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      before.run();
      long begin = System.nanoTime();
      run(builder, context);
      all.add(System.nanoTime() - begin);
    }
    all.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-46s %9.1f %9.1f %9s%n",
        builder.name() + ": " + what,
        all.get(times / 2) / 1e6,
        all.getFirst() / 1e6,
        targets.isEmpty() ? "" : "<= " + targets.get(target));
  }

  private void run(Builder builder, String context) throws IOException, InterruptedException {
    List<String> command = context == null ? builder.before() : builder.command(context);
    Path output = work.resolve("command.out");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    process.environment().putAll(builder.environment());
    if (process.start().waitFor() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed: " + Files.readString(output));
    }
  }
}
