package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.state.FileTrees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds every folder under {@code differential} with this engine and with a Docker engine, in both
 * of its builders, and compares files and settings. {@code context.sh} of a folder is run in the
 * context before; {@code args} are build arguments; {@code only} names the one builder that can
 * build it; {@code differs} names what is known to be different, one {@code builder key} a line:
 * the classic builder drops set-id bits, and that of Docker 20.10 also leaves mount points behind,
 * makes empty files of devices and drops set-id bits with --chmod. {@code
 * -Ddifferential.only=NAME,...} builds only some.
 */
class DifferentialBuildIT {
  private static final Path FOLDER = Path.of("src/test/resources/differential");
  private static final List<String> CONTROL = List.of("context.sh", "args", "only", "differs");

  @TempDir static Path temporary;

  private static TestEngine engine;
  private static DockerDaemon docker;

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.start();
    docker = DockerDaemon.start(Files.createDirectory(temporary.resolve("docker")));
    docker.load(engine.parts.images.resolve("jcompose/base"), "jcompose/base");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (docker != null) {
      docker.close();
      FileTrees.delete(docker.folder());
    }
    if (engine != null) {
      engine.close();
    }
  }

  @TestFactory
  List<DynamicTest> buildsWhatDockerBuilds() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      String only = System.getProperty("differential.only", "");
      for (Path folder : folders.sorted().toList()) {
        if (!only.isEmpty()
            && !List.of(only.split(",", -1)).contains(folder.getFileName().toString())) {
          continue;
        }
        tests.add(
            DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> compare(folder)));
      }
    }
    return tests;
  }

  private static void compare(Path folder) throws Exception {
    Path context = context(folder);
    Map<String, String> arguments = arguments(folder);
    SortedMap<String, String> ours = ours(context, arguments);
    for (String builder : List.of("classic", "buildkit")) {
      Path only = folder.resolve("only");
      if (!docker.has(builder)) {
        continue;
      }
      if (Files.exists(only) && !Files.readString(only).strip().equals(builder)) {
        continue;
      }
      SortedMap<String, String> theirs = theirs(context, arguments, builder);
      List<String> different = new ArrayList<>();
      TreeSet<String> keys = new TreeSet<>(ours.keySet());
      keys.addAll(theirs.keySet());
      List<String> meant = meant(folder, builder);
      for (String key : keys) {
        String here = ours.getOrDefault(key, "(none)");
        String there = theirs.getOrDefault(key, "(none)");
        if (!here.equals(there) && !meant.contains(key)) {
          different.add(key + ": here " + here + ", " + builder + " " + there);
        }
      }
      assertThat(different).as("built by %s", builder).isEmpty();
    }
  }

  private static List<String> meant(Path folder, String builder) throws IOException {
    Path file = folder.resolve("differs");
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(builder + " "))
            .map(line -> line.substring(builder.length() + 1))
            .toList()
        : List.of();
  }

  /** A copy of the folder as context: what Git does not keep is made by its script. */
  private static Path context(Path folder) throws Exception {
    Path context = Files.createTempDirectory(temporary, "context");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Path target = context.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!CONTROL.contains(folder.relativize(file).toString())) {
          Files.copy(file, target);
        }
      }
    }
    // The mode of a checkout depends on the umask of whoever checked out.
    run(context, "umask 022; chmod -R u=rwX,go=rX .");
    Path script = folder.resolve("context.sh");
    if (Files.exists(script)) {
      run(context, "umask 022; set -e; " + Files.readString(script));
    }
    return context;
  }

  private static void run(Path folder, String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Map<String, String> arguments(Path folder) throws IOException {
    Map<String, String> arguments = new LinkedHashMap<>();
    if (Files.exists(folder.resolve("args"))) {
      for (String line : Files.readAllLines(folder.resolve("args"))) {
        int equals = line.indexOf('=');
        arguments.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return arguments;
  }

  private static SortedMap<String, String> ours(Path context, Map<String, String> arguments)
      throws Exception {
    BuildLab lab = new BuildLab(engine, context);
    lab.args.putAll(arguments);
    lab.sandbox =
        new BuildRequest.SandboxOptions(
            "none", List.of(), 0, List.of(), Limits.NONE, false, java.util.Set.of(), false);
    Image image = lab.build(Files.readString(context.resolve("Dockerfile")));
    String id =
        engine.create(
            ContainerSpec.ofImage(image.id())
                .withProcess(
                    dev.jcompose.engine.container.spec.ProcessSettings.NONE.withCommand("/none")));
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    engine.parts.files.export(id, tar);
    engine.parts.containers.remove(id, true, true);
    SortedMap<String, String> all = TreeListing.of(new ByteArrayInputStream(tar.toByteArray()));
    settings(image.config(), all);
    all.put("config Author", image.author());
    return all;
  }

  private static void settings(ImageConfig config, SortedMap<String, String> all) {
    all.put("config User", config.user());
    all.put("config ExposedPorts", new TreeSet<>(config.exposedPorts()).toString());
    all.put("config Env", new TreeSet<>(config.env()).toString());
    all.put("config Cmd", config.cmd().toString());
    all.put("config Entrypoint", config.entrypoint().toString());
    all.put("config Volumes", new TreeSet<>(config.volumes()).toString());
    all.put("config WorkingDir", config.workingDir());
    all.put("config Labels", new TreeMap<>(config.labels()).toString());
    all.put("config StopSignal", config.stopSignal());
    all.put("config Shell", config.shell().toString());
    all.put("config OnBuild", config.onBuild().toString());
    ImageConfig.Healthcheck check = config.healthcheck();
    all.put(
        "config Healthcheck",
        check == null
            ? ""
            : "%s %s %s %s %d"
                .formatted(
                    check.test(),
                    check.interval().toNanos(),
                    check.timeout().toNanos(),
                    check.startPeriod().toNanos(),
                    check.retries()));
  }

  private static SortedMap<String, String> theirs(
      Path context, Map<String, String> arguments, String builder) throws Exception {
    String name = "compared";
    List<String> command = new ArrayList<>(List.of("--network=none", "--no-cache", "-t", name));
    arguments.forEach((key, value) -> command.addAll(List.of("--build-arg", key + "=" + value)));
    command.add(context.toString());
    DockerDaemon.Ended built = docker.build(builder, command);
    assertThat(built.status()).as(built.output()).isZero();
    String container = docker.output("create", name, "/none").lines().reduce((_, b) -> b).get();
    Path tar = Files.createTempFile(temporary, "exported", ".tar");
    docker.output("export", "-o", tar.toString(), container);
    docker.output("rm", container);
    SortedMap<String, String> all;
    try (InputStream in = Files.newInputStream(tar)) {
      all = TreeListing.of(in);
    }
    Files.delete(tar);
    inspected(
        Json.objects(docker.output("image", "inspect", name).getBytes(UTF_8)).getFirst(), all);
    return all;
  }

  private static void inspected(JsonObject image, SortedMap<String, String> all) {
    JsonObject config = image.object("Config");
    for (String key : List.of("User", "WorkingDir", "StopSignal")) {
      all.put("config " + key, config.string(key));
    }
    for (String key : List.of("Cmd", "Entrypoint", "Shell", "OnBuild")) {
      all.put("config " + key, config.strings(key).toString());
    }
    all.put("config Env", new TreeSet<>(config.strings("Env")).toString());
    for (String key : List.of("ExposedPorts", "Volumes")) {
      all.put("config " + key, new TreeSet<>(config.object(key).names()).toString());
    }
    all.put("config Labels", new TreeMap<>(config.stringMap("Labels")).toString());
    JsonObject check = config.objectOrNull("Healthcheck");
    all.put(
        "config Healthcheck",
        check == null
            ? ""
            : "%s %s %s %s %d"
                .formatted(
                    check.strings("Test"),
                    check.number("Interval"),
                    check.number("Timeout"),
                    check.number("StartPeriod"),
                    check.number("Retries")));
    all.put("config Author", image.string("Author"));
  }
}
