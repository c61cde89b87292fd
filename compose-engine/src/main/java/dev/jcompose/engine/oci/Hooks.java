package dev.jcompose.engine.oci;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.runtime.process.ProgramRuntime;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
  private final ProgramRuntime runtime;
  private final Kernel kernel;

  /**
   * @param hooks the member {@code hooks} of the configuration
   * @param directory in which those of the host run
   */
  Hooks(JsonObject hooks, Path directory, ProgramRuntime runtime, Kernel kernel) {
    this.hooks = hooks;
    this.directory = directory;
    this.runtime = runtime;
    this.kernel = kernel;
  }

  private static String file(JsonObject hook, String at) throws OciException {
    String path = hook.string("path");
    if (!path.startsWith("/")) {
      throw new OciException("config.json: " + at + ".path \"" + path + "\" is not absolute");
    }
    return path;
  }

  /** As of execv: the first one is what the program sees as its own name. */
  private static List<String> arguments(JsonObject hook) {
    List<String> arguments = hook.strings("args");
    return arguments.isEmpty() ? List.of(hook.string("path")) : arguments;
  }

  private static long patience(JsonObject hook) {
    Long seconds = hook.numberOrNull("timeout");
    return seconds == null || seconds <= 0 ? PATIENCE_SECONDS : seconds;
  }

  /** Those that run in the namespaces of the runtime; the first that fails ends it. */
  void onHost(String kind, JsonObject state) throws OciException {
    List<JsonObject> all = hooks.objects(kind);
    for (int i = 0; i < all.size(); i++) {
      JsonObject hook = all.get(i);
      String at = "hooks." + kind + "[" + i + "]";
      try {
        await(
            at,
            hook,
            state,
            runtime.onHost(file(hook, at), arguments(hook), hook.strings("env"), directory));
      } catch (LaunchException e) {
        throw failed(at, hook, String.valueOf(e.getMessage()));
      }
    }
  }

  /** Those that run in the namespaces of the container, whatever its root is at that time. */
  void inContainer(String kind, JsonObject state, Launched container) throws OciException {
    List<JsonObject> all = hooks.objects(kind);
    for (int i = 0; i < all.size(); i++) {
      JsonObject hook = all.get(i);
      String at = "hooks." + kind + "[" + i + "]";
      try {
        await(at, hook, state, runtime.exec(spec(hook, file(hook, at)), container));
      } catch (LaunchException e) {
        throw failed(at, hook, String.valueOf(e.getMessage()));
      }
    }
  }

  private static ExecSpec spec(JsonObject hook, String file) {
    return new ExecSpec(
        new ProcessSpec(
            arguments(hook),
            hook.strings("env"),
            "/",
            new Identity(0, 0, List.of(), "/"),
            Capabilities.of(Capability.ofEngine(), 0),
            false,
            List.of(),
            null,
            022,
            false),
        new SeccompProfile.Unconfined(),
        new Stdio.Pipes(true),
        file);
  }

  private void await(String at, JsonObject hook, JsonObject state, Execution execution)
      throws OciException {
    CompletableFuture<ExitStatus> end = new CompletableFuture<>();
    execution.onExit(end::complete);
    CompletableFuture<String> out = reading(execution.stdout().orElseThrow());
    CompletableFuture<String> error = reading(execution.stderr().orElseThrow());
    tell(execution.stdin().orElseThrow(), Json.bytes(state));
    try {
      ExitStatus status = end.get(patience(hook), TimeUnit.SECONDS);
      if (status.code() != 0) {
        throw failed(
            at, hook, "exit status " + status.code() + ": " + (out.join() + error.join()).strip());
      }
    } catch (TimeoutException slow) {
      execution.signal(Abi.SIGKILL);
      throw failed(at, hook, "it took longer than " + patience(hook) + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(at, hook, "it was interrupted");
    } catch (ExecutionException e) {
      throw failed(at, hook, String.valueOf(e.getCause()));
    }
  }

  private void tell(int input, byte[] state) {
    try {
      // Smaller than what a pipe holds, so this does not wait for the hook.
      kernel.write(input, ByteBuffer.allocateDirect(state.length).put(state).flip());
    } catch (KernelException closed) {
      // A hook need not read its input.
    } finally {
      kernel.close(input);
    }
  }

  private CompletableFuture<String> reading(int pipe) {
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

  private static OciException failed(String at, JsonObject hook, String why) {
    return new OciException(at + " (" + hook.string("path") + ") failed: " + why);
  }
}
