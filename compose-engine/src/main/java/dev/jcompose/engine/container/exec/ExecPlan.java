package dev.jcompose.engine.container.exec;

import dev.jcompose.engine.container.launch.LayeredFiles;
import dev.jcompose.engine.container.launch.LimitsOf;
import dev.jcompose.engine.container.launch.ProcessEnvironment;
import dev.jcompose.engine.container.launch.SecurityOptions;
import dev.jcompose.engine.container.launch.UserLookup;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.util.List;

/** Makes what the runtime starts out of an exec request and the container it goes into. */
final class ExecPlan {
  private static final int ROWS = 24;
  private static final int COLUMNS = 80;

  private ExecPlan() {}

  static ExecSpec of(ExecHost.Running target, Execs.ExecRequest request, int rows, int columns) {
    ContainerSpec spec = target.container().spec();
    ProcessSettings settings = spec.process();
    SecurityOptions security = SecurityOptions.of(spec.isolation());
    // The container's own groups come along only with the container's own user.
    boolean ownUser = request.user().isEmpty();
    Identity identity =
        new UserLookup(new LayeredFiles(target.layers()))
            .identity(
                ownUser ? settings.user() : request.user(),
                ownUser ? settings.additionalGroups() : List.of());
    String directory =
        request.workingDirectory().isEmpty()
            ? settings.workingDirectory()
            : request.workingDirectory();
    long bounding = request.privileged() ? Capability.ofEngine() : security.bounding();
    return new ExecSpec(
        new ProcessSpec(
            request.command(),
            ProcessEnvironment.of(
                target.container().hostname(),
                request.tty(),
                settings.environment(),
                request.environment(),
                identity.home()),
            directory.isEmpty() ? "/" : directory,
            identity,
            Capabilities.of(bounding, identity.uid()),
            security.noNewPrivileges(),
            LimitsOf.ulimits(spec.resources().ulimits()),
            spec.isolation().oomScoreAdj(),
            022,
            false,
            request.privileged() ? null : security.apparmor()),
        request.privileged() ? new SeccompProfile.Unconfined() : security.seccomp(),
        stdio(request, rows, columns));
  }

  private static Stdio stdio(Execs.ExecRequest request, int rows, int columns) {
    if (request.tty()) {
      return new Stdio.Terminal(rows > 0 ? rows : ROWS, columns > 0 ? columns : COLUMNS);
    }
    return new Stdio.Pipes(request.attachStdin());
  }
}
