package dev.jcompose.engine.runtime;

import dev.jcompose.engine.seccomp.SeccompProfile;
import org.jspecify.annotations.Nullable;

/**
 * A process to start in a running container.
 *
 * @param process what runs, and as whom
 * @param seccomp usually the container's
 * @param stdio {@link Stdio.Null}, {@link Stdio.Pipes} or {@link Stdio.Terminal}
 * @param program absolute path of the file to run, when the first argument does not name it
 */
public record ExecSpec(
    ProcessSpec process, SeccompProfile seccomp, Stdio stdio, @Nullable String program) {
  /** A process that runs what its first argument names. */
  public ExecSpec(ProcessSpec process, SeccompProfile seccomp, Stdio stdio) {
    this(process, seccomp, stdio, null);
  }
}
