package dev.jcompose.engine.runtime;

import dev.jcompose.engine.seccomp.SeccompProfile;

/**
 * A process to start in a running container.
 *
 * @param process what runs, and as whom
 * @param seccomp usually the container's
 * @param stdio {@link Stdio.Null}, {@link Stdio.Pipes} or {@link Stdio.Terminal}
 */
public record ExecSpec(ProcessSpec process, SeccompProfile seccomp, Stdio stdio) {}
