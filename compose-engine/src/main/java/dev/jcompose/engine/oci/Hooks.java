package dev.jcompose.engine.oci;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the hooks of a bundle (runtime-spec, POSIX-platform Hooks), with the state as their input.
 */
final class Hooks {
  private static final long PATIENCE_SECONDS = 300;

  private final JsonObject hooks;
  private final Path directory;

  /**
   * @param hooks the member {@code hooks} of the configuration
   * @param directory in which those of the host run
   */
  Hooks(JsonObject hooks, Path directory) {
    this.hooks = hooks;
    this.directory = directory;
  }

  private List<String> command(JsonObject hook, String at) throws OciException {
    String path = hook.string("path");
    if (!path.startsWith("/")) {
      throw new OciException("config.json: " + at + ".path \"" + path + "\" is not absolute");
    }
    List<String> command = new ArrayList<>();
    command.add(path);
    command.addAll(hook.strings("args").stream().skip(1).toList());
    return command;
  }

  private static long patience(JsonObject hook) {
    Long seconds = hook.numberOrNull("timeout");
    return seconds == null || seconds <= 0 ? PATIENCE_SECONDS : seconds;
  }

  /** Those that run in the namespaces of the runtime; the first that fails ends it. */
  void onHost(String kind, JsonObject state) throws OciException {
    List<JsonObject> all = hooks.objects(kind);
    for (int i = 0; i < all.size(); i++) {
      String at = "hooks." + kind + "[" + i + "]";
      onHost(at, command(all.get(i), at), all.get(i), state);
    }
  }

  private void onHost(String at, List<String> command, JsonObject hook, JsonObject state)
      throws OciException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    for (String entry : hook.strings("env")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        builder.environment().put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    try {
      Process process = builder.start();
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return new String(
                      process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                  return "";
                }
              });
      try (OutputStream input = process.getOutputStream()) {
        input.write(Json.bytes(state));
      } catch (IOException closed) {
        // A hook need not read its input.
      }
      if (!process.waitFor(patience(hook), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed(at, command, "it took longer than " + patience(hook) + " s");
      }
      if (process.exitValue() != 0) {
        throw failed(
            at, command, "exit status " + process.exitValue() + ": " + output.join().strip());
      }
    } catch (IOException e) {
      throw failed(at, command, "it cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(at, command, "it was interrupted");
    }
  }

  /** Those that run in the namespaces of the container, whatever its root is at that time. */
  void inContainer(
      String kind, JsonObject state, ContainerRuntime runtime, Kernel kernel, Launched container)
      throws OciException {
    List<JsonObject> all = hooks.objects(kind);
    for (int i = 0; i < all.size(); i++) {
      String at = "hooks." + kind + "[" + i + "]";
      List<String> command = command(all.get(i), at);
      try {
        Execution execution =
            runtime.exec(
                new ExecSpec(
                    new ProcessSpec(
                        command,
                        all.get(i).strings("env"),
                        "/",
                        new Identity(0, 0, List.of(), "/"),
                        Capabilities.of(Capability.ofEngine(), 0),
                        false,
                        List.of(),
                        null,
                        022,
                        false),
                    new SeccompProfile.Unconfined(),
                    new Stdio.Pipes(true)),
                container);
        await(at, command, all.get(i), state, execution, kernel);
      } catch (LaunchException e) {
        throw failed(at, command, String.valueOf(e.getMessage()));
      }
    }
  }

  private static void await(
      String at,
      List<String> command,
      JsonObject hook,
      JsonObject state,
      Execution execution,
      Kernel kernel)
      throws OciException {
    CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    execution.onExit(end::complete);
    int input = execution.stdin().orElseThrow();
    byte[] text = Json.bytes(state);
    // Smaller than what a pipe holds, so this does not wait for the hook.
    kernel.write(input, ByteBuffer.allocateDirect(text.length).put(text).flip());
    kernel.close(input);
    CompletableFuture<String> out = reading(kernel, execution.stdout().orElseThrow());
    CompletableFuture<String> error = reading(kernel, execution.stderr().orElseThrow());
    try {
      ExitStatus status = end.get(patience(hook), TimeUnit.SECONDS);
      if (status.code() != 0) {
        throw failed(
            at,
            command,
            "exit status " + status.code() + ": " + (out.join() + error.join()).strip());
      }
    } catch (TimeoutException slow) {
      execution.signal(9);
      throw failed(at, command, "it took longer than " + patience(hook) + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(at, command, "it was interrupted");
    } catch (ExecutionException e) {
      throw failed(at, command, String.valueOf(e.getCause()));
    }
  }

  private static CompletableFuture<String> reading(Kernel kernel, int pipe) {
    kernel.setNonBlocking(pipe, false);
    return CompletableFuture.supplyAsync(
        () -> {
          StringBuilder text = new StringBuilder();
          ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
          while (kernel.read(pipe, buffer.clear()) > 0) {
            text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
          }
          kernel.close(pipe);
          return text.toString();
        });
  }

  private static OciException failed(String at, List<String> command, String why) {
    return new OciException(at + " (" + command.getFirst() + ") failed: " + why);
  }
}
