package dev.jcompose.core.desired;

import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.project.process.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command that runs in a container right after its start or right before its stop, or after files
 * were copied into it.
 *
 * @param name "post_start", "pre_stop" or "exec"
 */
public record ExecHook(String name, ExecRequest request) {

  /**
   * A hook with its variables filled in.
   *
   * @param variables where a variable without a value takes it from; left out when it is not there
   */
  public static ExecHook of(String name, Hook hook, Map<String, String> variables) {
    List<String> environment = new ArrayList<>();
    hook.environment()
        .forEach(
            (key, value) -> {
              String known = value == null ? variables.get(key) : value;
              if (known != null) {
                environment.add(key + "=" + known);
              }
            });
    return new ExecHook(
        name,
        new ExecRequest(
            hook.command(),
            environment,
            hook.workingDirectory(),
            hook.user(),
            hook.privileged(),
            false,
            false,
            false));
  }
}
