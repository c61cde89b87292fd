import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * How fast an image of many files comes from a registry on this machine into its layers, beside
 * {@code tar xzf} of the same layers on all processors, and beside {@code docker pull}: one after
 * another image's, and the first pull of a fresh engine, which compiles its code meanwhile; on a
 * quiet machine, and while other programs want every processor. Needs docker-registry and skopeo.
 *
 * <p>Nothing is deleted before the end: ext4 looks at every inode that was deleted within the last
 * minutes before it gives one to a new file, and whoever comes after a deletion of 30,000 files
 * pays for it, up to three times as much.
 */
class PullBench {
  private static final int LAYERS = 6;

  /** Layers of the image that is pulled before, where one is. */
  private static final int OTHERS = 2;

  private static final int QUIET_ROUNDS = 5;
  private static final int BUSY_ROUNDS = 3;
  private static final int DOCKER_ROUNDS = 2;
  private static final Pattern LISTENING = Pattern.compile("listening on ([0-9.:]+)");

  private final Path repository;
  private final Path work;
  private final int files;
  private final int megabytes;

  PullBench(Path repository, Path work, int files, int megabytes) {
    this.repository = repository;
    this.work = work;
    this.files = files;
    this.megabytes = megabytes;
  }

  void run() throws Exception {
    List<Path> all = makeLayers();
    List<Path> layers = all.subList(0, LAYERS);
    Path folder = Files.createDirectories(work.resolve("registry"));
    Files.writeString(
        folder.resolve("config.yml"),
        "version: 0.1\nlog:\n  level: info\nstorage:\n  filesystem:\n    rootdirectory: "
            + folder.resolve("data")
            + "\nhttp:\n  addr: 127.0.0.1:0\n");
    Process registry =
        new ProcessBuilder("docker-registry", "serve", folder.resolve("config.yml") + "")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      String authority = address(registry, folder.resolve("log"));
      String name = authority + "/bench:1";
      String other = authority + "/other:1";
      push(layers, name);
      push(all.subList(LAYERS, all.size()), other);
      System.out.printf(
          "%d files, %d MB in %d layers; load %s%n",
          files, megabytes, LAYERS, Files.readString(Path.of("/proc/loadavg")).strip());
      Rivals quiet = new Rivals();
      Rivals busy = new Rivals();
      for (int round = 0; round < QUIET_ROUNDS; round++) {
        round(quiet, work.resolve("round" + round), name, other, layers);
      }
      List<Process> others = keepBusy();
      try {
        for (int round = 0; round < BUSY_ROUNDS; round++) {
          round(busy, work.resolve("busy" + round), name, other, layers);
        }
      } finally {
        others.forEach(Process::destroy);
      }
      // Last: what it leaves in memory would change what comes after.
      double docker = docker(name, work.resolve("docker"));
      for (int round = 1; round < DOCKER_ROUNDS; round++) {
        docker = Math.min(docker, docker(name, work.resolve("docker" + round)));
      }
      quiet.print("on a quiet machine, median of " + QUIET_ROUNDS);
      busy.print("beside a program on each processor, median of " + BUSY_ROUNDS);
      if (docker < Double.MAX_VALUE) {
        System.out.printf(
            Locale.ROOT,
            "docker pull, least of %d: %.2f s; jcompose in a fresh engine needs %.2f of that%n",
            DOCKER_ROUNDS,
            docker,
            Rivals.median(quiet.fresh) / docker);
      }
    } finally {
      registry.destroy();
      registry.waitFor();
    }
  }

  /** What each round gave; every pull has a tar right before it to be compared with. */
  private static final class Rivals {
    private final List<Double> used = new ArrayList<>();
    private final List<Double> fresh = new ArrayList<>();
    private final List<Double> freshSpeed = new ArrayList<>();
    private final List<Double> usedSpeed = new ArrayList<>();

    void used(double tar, double seconds) {
      used.add(seconds);
      usedSpeed.add(tar / seconds);
    }

    void fresh(double tar, double seconds) {
      fresh.add(seconds);
      freshSpeed.add(tar / seconds);
    }

    void print(String how) {
      System.out.printf(
          Locale.ROOT,
          "%s: after another pull %.2f s, %.2f of the speed of the tar before it (%s);"
              + " in a fresh engine %.2f s, %.2f of it (%s)%n",
          how,
          median(used),
          median(usedSpeed),
          range(usedSpeed),
          median(fresh),
          median(freshSpeed),
          range(freshSpeed));
    }

    private static double median(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      int half = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(half)
          : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String range(List<Double> values) {
      return String.format(
          Locale.ROOT,
          "%.2f to %.2f",
          values.stream().mapToDouble(value -> value).min().orElseThrow(),
          values.stream().mapToDouble(value -> value).max().orElseThrow());
    }
  }

  private void round(Rivals rivals, Path own, String name, String other, List<Path> layers)
      throws Exception {
    Files.createDirectories(own);
    double tar = untar(layers, own.resolve("untarred"));
    rivals.used(tar, pull(name, other, own.resolve("used")));
    tar = untar(layers, own.resolve("untarred-again"));
    rivals.fresh(tar, pull(name, "", own.resolve("engine")));
  }

  /** Programs that only compute, one for each processor. */
  private static List<Process> keepBusy() throws IOException {
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < processors(); i++) {
      programs.add(
          new ProcessBuilder("sha256sum", "/dev/zero")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    return programs;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(String what, Work work) throws Exception {
    // What the one before left to write would be paid for by this one.
    command("sync");
    long begin = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(Locale.ROOT, "%-46s %9.2f s%n", what, seconds);
    return seconds;
  }

  /** Words and noise, which gzip makes about 2.5 times smaller, as it does with programs. */
  private List<Path> makeLayers() throws Exception {
    Random random = new Random(30);
    int size = (int) ((long) megabytes * 1_000_000 / files);
    byte[] words =
        "the quick brown fox jumps over a lazy dog and returns "
            .getBytes(StandardCharsets.US_ASCII);
    List<Path> layers = new ArrayList<>();
    for (int layer = 0; layer < LAYERS + OTHERS; layer++) {
      Path tree = Files.createDirectories(work.resolve("tree" + layer));
      for (int i = 0; i < files / LAYERS; i++) {
        Path directory = tree.resolve("usr/lib/d" + layer + "-" + i / 100);
        Files.createDirectories(directory);
        byte[] content = new byte[size];
        random.nextBytes(content);
        for (int at = 0; at < size; at++) {
          if (at / 64 % 3 != 0) {
            content[at] = words[(at + i) % words.length];
          }
        }
        Files.write(directory.resolve("file" + i), content);
      }
      Path archive = work.resolve("layer" + layer + ".tar.gz");
      command("tar", "-C", tree + "", "-czf", archive + "", ".");
      layers.add(archive);
    }
    return layers;
  }

  private void push(List<Path> layers, String name) throws Exception {
    Path layout = layout(layers, work.resolve("layout" + layers.size()));
    command(
        "skopeo",
        "copy",
        "-q",
        "--dest-tls-verify=false",
        "oci:" + layout + ":1",
        "docker://" + name);
  }

  private static Path layout(List<Path> layers, Path layout) throws Exception {
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    List<String> descriptors = new ArrayList<>();
    List<String> diffIds = new ArrayList<>();
    for (Path layer : layers) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(layer), 1 << 16)) {
        diffIds.add("\"sha256:" + sha256(in) + "\"");
      }
      descriptors.add(
          blob(blobs, "application/vnd.oci.image.layer.v1.tar+gzip", Files.readAllBytes(layer)));
    }
    String configuration =
        "{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
            .formatted(
                System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64",
                String.join(",", diffIds));
    String config =
        blob(
            blobs,
            "application/vnd.oci.image.config.v1+json",
            configuration.getBytes(StandardCharsets.UTF_8));
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":%s,\"layers\":[%s]}"
            .formatted(config, String.join(",", descriptors));
    String entry =
        blob(
            blobs,
            "application/vnd.oci.image.manifest.v1+json",
            manifest.getBytes(StandardCharsets.UTF_8));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[%s,\"annotations\":{\"org.opencontainers.image.ref.name\":\"1\"}}]}"
            .formatted(entry.substring(0, entry.length() - 1)));
    return layout;
  }

  private static String blob(Path blobs, String type, byte[] content) throws Exception {
    String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    Files.write(blobs.resolve(hex), content);
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d}"
        .formatted(type, hex, content.length);
  }

  private static String sha256(InputStream in) throws Exception {
    DigestInputStream hashed = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
    hashed.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
  }

  private static double untar(List<Path> layers, Path target) throws Exception {
    return seconds(
        "tar xzf of all layers, " + processors() + " at a time", () -> untarAll(layers, target));
  }

  private static void untarAll(List<Path> layers, Path target) throws Exception {
    List<Process> running = new ArrayList<>();
    for (Path layer : layers) {
      if (running.size() == processors()) {
        running.removeFirst().waitFor();
      }
      Path own = Files.createDirectories(target.resolve(layer.getFileName() + ""));
      running.add(
          new ProcessBuilder("tar", "-C", own + "", "-xzf", layer + "").inheritIO().start());
    }
    for (Process process : running) {
      process.waitFor();
    }
  }

  /**
   * @param before an image that is pulled first, unmeasured; empty for none
   */
  private double pull(String name, String before, Path root) throws Exception {
    Process engine =
        new ProcessBuilder(
                repository.resolve("compose-cli/target/jcompose/bin/jcompose-engine") + "",
                "--root",
                root + "")
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("engine.out").toFile())
            .start();
    try {
      Path socket = root.resolve("run/engine.sock");
      Bench.awaitPing(socket, engine);
      if (!before.isEmpty()) {
        request(socket, before);
      }
      double seconds =
          seconds(
              "jcompose: pull" + (before.isEmpty() ? ", fresh engine" : ", after another pull"),
              () -> request(socket, name));
      System.out.println("  memory of the engine at most: " + peak(engine.pid()));
      engine
          .info()
          .totalCpuDuration()
          .ifPresent(
              time ->
                  System.out.printf(
                      Locale.ROOT,
                      "  processor time of the engine with its start: %.2f s%n",
                      time.toMillis() / 1e3));
      return seconds;
    } finally {
      engine.destroy();
      engine.waitFor();
    }
  }

  private static String peak(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> line.substring(6).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static void request(Path socket, String name) throws IOException {
    int colon = name.lastIndexOf(':');
    String target =
        "/images/create?fromImage="
            + name.substring(0, colon)
            + "&tag="
            + name.substring(colon + 1);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(
          ByteBuffer.wrap(
              ("POST " + target + " HTTP/1.0\r\nHost: engine\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII)));
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.contains("Downloaded newer image")) {
        throw new IOException(answer);
      }
    }
  }

  private static double docker(String name, Path folder) throws Exception {
    Files.createDirectories(folder);
    Process daemon;
    try {
      daemon =
          new ProcessBuilder(
                  "dockerd",
                  "--data-root",
                  folder.resolve("data") + "",
                  "--exec-root",
                  folder.resolve("exec") + "",
                  "--pidfile",
                  folder.resolve("pid") + "",
                  "-H",
                  "unix://" + folder.resolve("docker.sock"),
                  "--iptables=false",
                  "--bridge=none")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      System.out.println("docker: not measured, dockerd is not installed");
      return Double.MAX_VALUE;
    }
    try {
      Map<String, String> host = Map.of("DOCKER_HOST", "unix://" + folder.resolve("docker.sock"));
      for (int i = 0; i < 300 && daemon.isAlive() && status(host, "docker", "version") != 0; i++) {
        Thread.sleep(100);
      }
      return seconds(
          "docker: pull",
          () -> {
            if (status(host, "docker", "pull", "-q", name) != 0) {
              throw new IOException("docker pull failed; see " + folder.resolve("log"));
            }
          });
    } finally {
      daemon.destroy();
      daemon.waitFor(20, TimeUnit.SECONDS);
    }
  }

  private static int status(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }

  private static void command(String... command) throws Exception {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
  }

  private static String address(Process registry, Path log) throws Exception {
    while (registry.isAlive()) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return listening.group(1);
      }
      Thread.sleep(20);
    }
    throw new IOException("docker-registry ended: " + Files.readString(log));
  }
}
