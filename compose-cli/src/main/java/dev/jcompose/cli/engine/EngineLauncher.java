package dev.jcompose.cli.engine;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Starts and ends the engine of one place. The engine itself takes the lock of its root, so of two
 * that are started at once one gives up, and both callers talk to the other.
 */
public final class EngineLauncher {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int LINES_SHOWN = 5;
  private static final byte[] PING =
      "GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final EnginePlace place;

  public EngineLauncher(EnginePlace place) {
    this.place = place;
  }

  /** Whether something accepts connections on the socket; cheap, asks nothing. */
  public boolean accepts() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(place.socket()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the engine answers a ping. */
  public boolean answers() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(place.socket()));
      ByteBuffer request = ByteBuffer.wrap(PING);
      while (request.hasRemaining()) {
        channel.write(request);
      }
      ByteBuffer answer = ByteBuffer.allocate(12);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {}
      return new String(answer.array(), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** The process in the pid file, when there is such a process. */
  public OptionalLong pid() {
    try {
      long pid = Long.parseLong(Files.readString(place.pidFile()).strip());
      return isEngine(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Returns when the engine answers.
   *
   * @return whether it had to be started
   * @throws UserError when it does not come up, with what it said last
   */
  public boolean ensureRunning() throws IOException, InterruptedException {
    if (answers()) {
      return false;
    }
    if (!place.isOurs()) {
      throw new UserError(
          ExitCode.ENGINE,
          "no engine answers at "
              + place.socket()
              + "; start it, or leave out --host to use jcompose's own");
    }
    if (!isRoot()) {
      throw new UserError(
          ExitCode.ENGINE,
          Files.exists(place.socket()) && !Files.isWritable(place.socket())
              ? "the engine at " + place.socket() + " belongs to root; run the command with sudo"
              : "the engine has to run as root and is not running; run the command with sudo, or sudo jcompose engine start first");
    }
    start();
    return true;
  }

  private void start() throws IOException, InterruptedException {
    Path log = place.log();
    try {
      Files.createDirectories(place.ownRoot());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.ENGINE,
          "the state directory "
              + place.ownRoot()
              + " cannot be made; choose another one with --root or JCOMPOSE_ROOT",
          e);
    }
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    Process engine = spawn(log);
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    // Another engine may have taken the lock a moment earlier: ours ends, and the other answers.
    while (System.nanoTime() < deadline) {
      if (answers()) {
        return;
      }
      if (!engine.isAlive() && pid().isEmpty() && !answersSoon()) {
        throw failed("the engine ended with status " + engine.exitValue(), log, logStart);
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
    throw failed(
        "the engine did not answer within " + START_LIMIT.toSeconds() + " seconds", log, logStart);
  }

  // The winner of the lock may not have written its pid file yet.
  private boolean answersSoon() throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (answers()) {
        return true;
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
    return false;
  }

  private Process spawn(Path log) throws IOException {
    Path launcher =
        Installation.current()
            .engineLauncher()
            .orElseThrow(
                () ->
                    new UserError(
                        ExitCode.ENGINE,
                        "no engine runs and this copy of jcompose has no launcher for one; run it from its distribution folder"));
    if (!Files.exists(log)) {
      Files.createFile(
          log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    List<String> command = new ArrayList<>();
    // Its own session: Ctrl-C in this terminal and its closing do not reach the engine.
    findOnPath("setsid").ifPresent(path -> command.add(path.toString()));
    command.add(launcher.toString());
    if (!place.isDefault()) {
      command.addAll(List.of("--root", place.ownRoot().toString()));
    }
    return new ProcessBuilder(command)
        .directory(Path.of("/").toFile())
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }

  /**
   * Ends the engine and waits until it is gone. Containers go on.
   *
   * @return whether there was one
   */
  public boolean stop() throws InterruptedException {
    place.ownRoot();
    OptionalLong pid = pid();
    Optional<ProcessHandle> process =
        pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
    if (process.isEmpty()) {
      return false;
    }
    if (!process.get().destroy()) {
      throw new UserError(
          ExitCode.ENGINE,
          "the engine (process " + pid.getAsLong() + ") cannot be ended by this user; use sudo");
    }
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    while (process.get().isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new UserError(
            ExitCode.ENGINE,
            "the engine (process "
                + pid.getAsLong()
                + ") has not ended after "
                + STOP_LIMIT.toSeconds()
                + " seconds; its log is "
                + place.log());
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
    return true;
  }

  private static UserError failed(String what, Path log, long from) {
    StringBuilder sentence = new StringBuilder(what);
    List<String> lines = linesFrom(log, from);
    if (!lines.isEmpty()) {
      sentence.append(": ").append(String.join(" / ", lines));
    }
    return new UserError(
        ExitCode.ENGINE, sentence.append("; the whole log is ").append(log).toString());
  }

  private static List<String> linesFrom(Path log, long from) {
    try {
      byte[] bytes = Files.readAllBytes(log);
      int start = (int) Math.min(from, bytes.length);
      List<String> lines =
          new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  // A pid file can outlive its engine and the number can belong to another process by then.
  private static boolean isEngine(long pid) throws IOException {
    Path commandLine = Path.of("/proc/" + pid + "/cmdline");
    return Files.exists(commandLine)
        && Files.readString(commandLine, StandardCharsets.ISO_8859_1)
            .contains("dev.jcompose.engine.daemon.EngineMain");
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Path> findOnPath(String program) {
    String path = System.getenv("PATH");
    if (path != null) {
      for (String directory : path.split(":", -1)) {
        Path candidate = Path.of(directory).resolve(program);
        if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
          return Optional.of(candidate);
        }
      }
    }
    return Optional.empty();
  }
}
