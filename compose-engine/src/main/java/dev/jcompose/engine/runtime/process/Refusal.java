package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.launch.Report;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.runtime.LaunchException;
import java.util.List;

/**
 * A place where a program was looked for, and why it could not be run from there.
 *
 * @param candidate path inside the container
 */
public record Refusal(String candidate, Report report) {
  private static final int CANNOT_RUN = 126;
  private static final int NOT_FOUND = 127;

  /** What to tell when this one decides. */
  public LaunchException of(String name) {
    String reason = report.error().map(Errno::words).orElse("unknown error");
    String at = candidate.equals(name) ? "" : " (" + candidate + ")";
    return new LaunchException(
        CANNOT_RUN,
        "cannot run \"" + name + "\"" + at + ": " + reason + "; check command and entrypoint");
  }

  /** What to tell when a program could not be run from any place. */
  public static LaunchException ofAll(String name, List<Refusal> refusals) {
    for (Refusal refusal : refusals) {
      if (refusal.report().error().filter(Errno.EACCES::equals).isPresent()) {
        return refusal.of(name);
      }
    }
    String reason =
        name.contains("/")
            ? "no such file in the container, or the interpreter it names is missing"
            : "executable file not found in the PATH of the container";
    return new LaunchException(
        NOT_FOUND, "cannot run \"" + name + "\": " + reason + "; check command and entrypoint");
  }
}
