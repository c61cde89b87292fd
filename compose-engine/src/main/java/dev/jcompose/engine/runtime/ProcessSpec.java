package dev.jcompose.engine.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process to run in a container.
 *
 * @param arguments program and arguments; at least one. A program without a slash is looked up
 *     along {@code PATH} of {@code environment}
 * @param environment entries {@code NAME=value}
 * @param workingDirectory absolute path inside the container; made for a container's first process
 *     when missing
 * @param identity numbers, already looked up
 * @param capabilities what root may do
 * @param noNewPrivileges whether setuid programs lose their power
 * @param limits resource limits; {@link Rlimit#standard()} for the usual ones
 * @param oomScoreAdjustment -1000 to 1000, null to leave it
 * @param umask permission bits taken from new files, usually 022
 * @param reaper whether process 1 is a small one of ours that forwards signals and reaps ({@code
 *     init: true})
 * @param apparmor AppArmor profile the program gets with its execve, null for none
 */
public record ProcessSpec(
    List<String> arguments,
    List<String> environment,
    String workingDirectory,
    Identity identity,
    Capabilities capabilities,
    boolean noNewPrivileges,
    List<Rlimit> limits,
    @Nullable Integer oomScoreAdjustment,
    int umask,
    boolean reaper,
    @Nullable String apparmor) {
  public ProcessSpec {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    limits = List.copyOf(limits);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a process needs a program");
    }
  }

  /** A process without an AppArmor profile. */
  public ProcessSpec(
      List<String> arguments,
      List<String> environment,
      String workingDirectory,
      Identity identity,
      Capabilities capabilities,
      boolean noNewPrivileges,
      List<Rlimit> limits,
      @Nullable Integer oomScoreAdjustment,
      int umask,
      boolean reaper) {
    this(
        arguments,
        environment,
        workingDirectory,
        identity,
        capabilities,
        noNewPrivileges,
        limits,
        oomScoreAdjustment,
        umask,
        reaper,
        null);
  }
}
