package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.process.ProgramRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a runtime, as runc has it, for one container.
 *
 * @param bundle its directory, in which the runtime keeps its state and its log too
 */
record RuntimeCommands(Path runtime, Path bundle, String id) {
  private static final long PATIENCE_SECONDS = 60;
  private static final int ENGINE_FAILED = 125;
  private static final int CANNOT_RUN = 126;
  private static final int NOT_FOUND = 127;

  static final List<String> ENVIRONMENT =
      List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  Path pidFile() {
    return bundle.resolve("pid");
  }

  private List<String> command(String... words) {
    List<String> all = new ArrayList<>();
    all.add(runtime.toString());
    all.addAll(List.of("--root", bundle.resolve("state").toString()));
    all.addAll(List.of("--log", bundle.resolve("log").toString(), "--log-format", "json"));
    all.addAll(List.of(words));
    all.add(id);
    return all;
  }

  /**
   * The command that creates it.
   *
   * @param console the socket that takes the terminal, null when there is none
   */
  List<String> create(@Nullable Path console) {
    return console != null
        ? command(
            "create",
            "--bundle",
            bundle.toString(),
            "--pid-file",
            pidFile().toString(),
            "--console-socket",
            console.toString())
        : command("create", "--bundle", bundle.toString(), "--pid-file", pidFile().toString());
  }

  void start(ProgramRuntime own) throws LaunchException {
    if (run(own, command("start")) != 0) {
      throw failed();
    }
  }

  /** Whatever it says: what is to go is gone, or is removed by the engine. */
  void delete(ProgramRuntime own) {
    try {
      int ignored = run(own, command("delete", "--force"));
      System.getLogger(RuntimeCommands.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} delete {1}: {2}", runtime, id, ignored);
    } catch (LaunchException e) {
      System.getLogger(RuntimeCommands.class.getName())
          .log(System.Logger.Level.WARNING, "cannot have {0} delete {1}", runtime, id, e);
    }
  }

  private int run(ProgramRuntime own, List<String> command) throws LaunchException {
    Execution execution = own.onHost(command.getFirst(), command, ENVIRONMENT, bundle);
    CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    execution.onExit(end::complete);
    try {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS).code();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException(ENGINE_FAILED, runtime + " was interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      execution.signal(9);
      throw new LaunchException(ENGINE_FAILED, runtime + " did not come to an end", e);
    } finally {
      own.closeStreams(execution);
    }
  }

  /** What the runtime wrote last into its log, with the exit code that Docker gives it. */
  LaunchException failed() {
    String message = lastMessage();
    int code =
        message.contains("executable file") || message.contains("no such file or directory")
            ? NOT_FOUND
            : message.contains("ermission denied") ? CANNOT_RUN : ENGINE_FAILED;
    return new LaunchException(code, runtime.getFileName() + " cannot run it: " + message);
  }

  private String lastMessage() {
    try {
      List<String> lines = Files.readAllLines(bundle.resolve("log"));
      return lines.isEmpty() ? "it does not say why" : Json.object(lines.getLast()).string("msg");
    } catch (IOException | JsonException e) {
      return "it does not say why";
    }
  }
}
