import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Completes the distribution folder after Maven has copied the jars into its {@code lib}: picocli
 * recompiled, a linked Java runtime, the launchers, and one class cache each for the command line
 * and the engine. Work whose inputs did not change is not repeated.
 */
class Distribution {
  /**
   * The modules of the runtime. jcompose itself needs the first seven; the others make it a useful
   * Java inside the image {@code jcompose/java}.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.xml",
          "jdk.net",
          "jdk.unsupported",
          "java.net.http",
          "jdk.compiler",
          "jdk.crypto.ec",
          "jdk.httpserver",
          "jdk.zipfs");

  /** Jars of the command line, in class path order; everything else belongs to the engine only. */
  private static final List<String> CLI_JARS =
      List.of(
          "compose-cli.jar",
          "compose-core.jar",
          "compose-engine.jar",
          "picocli.jar",
          "snakeyaml-engine.jar",
          "jackson-core.jar",
          "jgrapht-core.jar");

  // --enable-native-access must be the same when a cache is made and when it is used: a mismatch
  // silently drops the archived module graph. The same holds for the garbage collector family.
  private static final List<String> CLI_FLAGS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:UserThreadWaitAttemptsAtExit=0",
          // Both save the JVM a search or code generation while the first socket is opened.
          "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
          "-Djdk.reflect.useNativeAccessorOnly=true",
          "--enable-native-access=ALL-UNNAMED",
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  // The engine works in short bursts, and on two cores its optimizing compiler would compete with
  // the work itself; only what is really hot, such as digests, is worth it.
  private static final List<String> ENGINE_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=100000",
          "-XX:Tier4BackEdgeThreshold=400000",
          // Less does not hold the archived objects of the class cache.
          "-Xms16m",
          "-Xmx256m",
          // What a full collection frees goes back to the machine at once.
          "-XX:-ShrinkHeapInSteps",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=12",
          // A small nursery with room for survivors: what a launch needs dies there.
          "-XX:NewSize=8m",
          "-XX:MaxNewSize=8m",
          "-XX:SurvivorRatio=3",
          // What compilers needed and the C library keeps, a few megabytes after each burst.
          "-XX:TrimNativeHeapInterval=3000",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:UserThreadWaitAttemptsAtExit=0",
          "--enable-native-access=ALL-UNNAMED",
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  private final Path home;
  private final Path lib;
  private final Path sources;
  private final Path picocliSources;
  private final String version;
  private final Path cliJar;

  private Distribution(Path home, Path sources, Path picocliSources, String version, Path cliJar) {
    this.home = home;
    this.lib = home.resolve("lib");
    this.sources = sources;
    this.picocliSources = picocliSources;
    this.version = version;
    this.cliJar = cliJar;
  }

  public static void main(String[] args) throws Exception {
    new Distribution(
            absolute(args[0]), absolute(args[1]), absolute(args[2]), args[3], absolute(args[4]))
        .make();
  }

  private static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }

  private void make() throws Exception {
    // `release` is what says that the folder is complete, so it goes first and comes last.
    Files.deleteIfExists(home.resolve("release"));
    copyCommandLine();
    recompilePicocli();
    linkRuntime();
    writeLaunchers();
    trainCommandLine("read");
    trainCommandLine("look");
    trainCommandLine("build");
    trainCommandLine("change");
    trainEngine();
    writeManual();
    writeRelease(home);
  }

  private void writeRelease(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("release"),
        "JCOMPOSE_VERSION=\"%s\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, Runtime.version().toString()));
  }

  private void copyCommandLine() throws IOException {
    Path copy = lib.resolve("compose-cli.jar");
    if (!Files.exists(copy) || Files.mismatch(cliJar, copy) >= 0) {
      Files.copy(cliJar, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * picocli is published as class files of Java 5, which no class cache accepts; compiled at 17 it
   * starts more than twice as fast.
   */
  private void recompilePicocli() throws Exception {
    Path jar = lib.resolve("picocli.jar");
    if (Files.exists(jar)) {
      return;
    }
    Path classes = picocliSources.resolveSibling("picocli-classes");
    deleteTree(classes);
    Files.createDirectories(classes);
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "17", "-nowarn", "-Xlint:none", "-proc:none", "-d", "" + classes));
    filesUnder(picocliSources.resolve("picocli")).stream()
        .map(Path::toString)
        .filter(name -> name.endsWith(".java"))
        .forEach(arguments::add);
    run(tool("javac"), arguments);
    Path unfinished = jar.resolveSibling("picocli.jar.tmp");
    try (OutputStream file = Files.newOutputStream(unfinished);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path classFile : filesUnder(classes)) {
        JarEntry entry = new JarEntry(classes.relativize(classFile).toString());
        entry.setTime(0);
        out.putNextEntry(entry);
        Files.copy(classFile, out);
      }
    }
    Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private void linkRuntime() throws Exception {
    Path runtime = home.resolve("runtime");
    Path recipe = home.resolve("runtime.recipe");
    String wanted = System.getProperty("java.vm.version") + " " + MODULES;
    if (Files.exists(recipe) && Files.readString(recipe).equals(wanted)) {
      return;
    }
    Files.deleteIfExists(recipe);
    deleteTree(runtime);
    run(
        tool("jlink"),
        List.of(
            "--add-modules",
            String.join(",", MODULES),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime.toString()));
    // The engine before it has its own cache, and every Java program in jcompose/java, start from
    // this archive.
    java(List.of("-Xshare:dump", "-Xlog:disable", "-Xlog:all=error:stderr"), lib);
    Files.writeString(recipe, wanted);
  }

  private void writeLaunchers() throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String name : List.of("jcompose", "jcompose-engine")) {
      String text =
          Files.readString(sources.resolve("bin").resolve(name))
              .replace("@CLI_FLAGS@", String.join(" ", CLI_FLAGS))
              .replace("@ENGINE_FLAGS@", String.join(" ", ENGINE_FLAGS))
              .replace("@CLI_CLASSPATH@", classPath("$lib", CLI_JARS))
              .replace("@ENGINE_CLASSPATH@", classPath("$lib", engineJars()));
      Path launcher = bin.resolve(name);
      Files.writeString(launcher, text);
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private void writeManual() throws Exception {
    Path pages = home.resolve("share/man/man1");
    deleteTree(pages);
    // Every page has the version in it, which the folder itself does not tell before it is
    // complete.
    Path named = Files.createTempDirectory("jcompose-manual");
    writeRelease(named);
    List<String> command = new ArrayList<>(CLI_FLAGS);
    command.addAll(List.of("-Djcompose.home=" + named, "-cp", classPath(lib.toString(), CLI_JARS)));
    command.addAll(List.of("dev.jcompose.cli.Main", "manual", "--output", pages.toString()));
    java(command, lib);
    deleteTree(named);
  }

  private void trainCommandLine(String kind) throws Exception {
    Path cache = lib.resolve(kind + ".aot");
    String recipe = recipe(CLI_JARS);
    if (isCurrent(cache, recipe)) {
      return;
    }
    String classPath = classPath(lib.toString(), CLI_JARS);
    Path folder = Files.createTempDirectory("jcompose-training");
    Path socket = folder.resolve("engine.sock");
    Process engine =
        new ProcessBuilder(
                runtimeJava(),
                "-cp",
                classPath,
                "dev.jcompose.cli.StubEngine",
                socket.toString(),
                Boolean.toString(!kind.equals("change")))
            .inheritIO()
            .start();
    try {
      awaitSocket(socket, engine);
      List<String> command = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + cache));
      command.addAll(CLI_FLAGS);
      command.addAll(List.of("-cp", classPath, "dev.jcompose.cli.Training", kind));
      command.addAll(
          List.of(sources.resolve("training/compose.yaml").toString(), socket.toString()));
      java(command, lib);
    } finally {
      engine.destroyForcibly().waitFor();
      deleteTree(folder);
    }
    Files.writeString(noteOf(cache), recipe);
  }

  private static void awaitSocket(Path socket, Process server) throws InterruptedException {
    for (int i = 0; i < 1000 && server.isAlive() && !Files.exists(socket); i++) {
      Thread.sleep(10);
    }
  }

  private void trainEngine() throws Exception {
    Path cache = lib.resolve("engine.aot");
    String recipe = recipe(engineJars());
    if (isCurrent(cache, recipe)) {
      return;
    }
    Path root = Files.createTempDirectory("jcompose-training");
    List<String> command = new ArrayList<>(List.of(runtimeJava(), "-XX:AOTCacheOutput=" + cache));
    command.addAll(ENGINE_FLAGS);
    command.addAll(List.of("-cp", classPath(lib.toString(), engineJars())));
    command.addAll(List.of("dev.jcompose.engine.daemon.EngineMain", "--root", root.toString()));
    Path log = root.resolve("training.log");
    boolean trained = false;
    Process engine =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Path socket = root.resolve("run/engine.sock");
      awaitSocket(socket, engine);
      if (!Files.exists(socket)) {
        System.err.println(
            "jcompose: no class cache for the engine, it starts a little slower: "
                + lastLine(log).orElse("it did not start here"));
      }
      if (Files.exists(socket)) {
        new EngineTraining(socket).run();
      }
      trained = Files.exists(socket);
    } finally {
      // The cache is written while the JVM ends, so it must end by itself.
      engine.destroy();
      if (!engine.waitFor(60, TimeUnit.SECONDS)) {
        engine.destroyForcibly();
      }
      deleteTree(root);
    }
    if (trained && Files.exists(cache)) {
      Files.writeString(noteOf(cache), recipe);
    } else {
      Files.deleteIfExists(cache);
    }
  }

  /**
   * What a class cache is tied to: the runtime, and names, sizes and times of the jars in order.
   */
  private String recipe(List<String> jars) throws IOException {
    StringBuilder recipe = new StringBuilder(Files.readString(home.resolve("runtime.recipe")));
    for (String jar : jars) {
      Path file = lib.resolve(jar);
      recipe
          .append("\n%s %d ".formatted(jar, Files.size(file)))
          .append(Files.getLastModifiedTime(file).toMillis());
    }
    return recipe.toString();
  }

  private static boolean isCurrent(Path cache, String recipe) throws IOException {
    Path note = noteOf(cache);
    if (Files.exists(cache) && Files.exists(note) && Files.readString(note).equals(recipe)) {
      return true;
    }
    Files.deleteIfExists(cache);
    Files.deleteIfExists(note);
    return false;
  }

  private static Path noteOf(Path cache) {
    return cache.resolveSibling(cache.getFileName() + ".recipe");
  }

  private List<String> engineJars() throws IOException {
    List<String> jars = new ArrayList<>(List.of("compose-engine.jar"));
    try (Stream<Path> files = Files.list(lib)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .filter(name -> !List.of("compose-engine.jar", "compose-core.jar").contains(name))
          .filter(
              name ->
                  !List.of("compose-cli.jar", "picocli.jar", "snakeyaml-engine.jar").contains(name))
          .sorted()
          .forEach(jars::add);
    }
    return jars;
  }

  private static String classPath(String directory, List<String> jars) {
    return jars.stream().map(jar -> directory + "/" + jar).collect(Collectors.joining(":"));
  }

  private String runtimeJava() {
    return home.resolve("runtime/bin/java").toString();
  }

  private void java(List<String> arguments, Path directory) throws Exception {
    List<String> command = new ArrayList<>(List.of(runtimeJava()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
    }
  }

  private static ToolProvider tool(String name) {
    return ToolProvider.findFirst(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is missing from " + System.getProperty("java.home")));
  }

  private static void run(ToolProvider tool, List<String> arguments) {
    int status = tool.run(System.out, System.err, arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException(tool.name() + " failed with status " + status);
    }
  }

  private static Optional<String> lastLine(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.contains("AOT configuration"))
        .reduce((first, second) -> second);
  }

  private static List<Path> filesUnder(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException problem)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
