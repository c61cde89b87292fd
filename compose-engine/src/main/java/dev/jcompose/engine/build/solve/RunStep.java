package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.LastOutput;
import dev.jcompose.engine.build.cache.StepKey;
import dev.jcompose.engine.build.dockerfile.Command;
import dev.jcompose.engine.build.dockerfile.Heredoc;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.run.RunSpec;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.StandardMounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Carries out RUN. */
final class RunStep {
  private static final String PIPES = "/dev/pipes/";

  /** Variables that change how the network is reached and not what is made. */
  private static final List<String> PROXIES =
      List.of(
          "HTTP_PROXY",
          "http_proxy",
          "HTTPS_PROXY",
          "https_proxy",
          "FTP_PROXY",
          "ftp_proxy",
          "NO_PROXY",
          "no_proxy",
          "ALL_PROXY",
          "all_proxy");

  private final BuildTools tools;
  private final Session session;
  private final Stage stage;
  private final StageState state;

  RunStep(BuildTools tools, Session session, Stage stage, StageState state) {
    this.tools = tools;
    this.session = session;
    this.stage = stage;
    this.state = state;
  }

  /**
   * What is run.
   *
   * @param script content of a file the arguments name; empty for none
   * @param scriptName its name below {@code /dev/pipes}
   */
  private record Script(List<String> arguments, String shown, String script, String scriptName) {}

  void run(Instruction.Run run, String title)
      throws BuildException, IOException, InterruptedException {
    Script script = script(run);
    checkEntitlements(run);
    int step = session.progress().begin(title);
    StepRunner.Made made = session.watched(step, () -> made(run, script, step));
    state.layer(made.layer(), made.created(), "RUN " + shown(script.shown()) + " # buildkit");
  }

  private Script script(Instruction.Run run) {
    if (run.command() instanceof Command.Shell shell && !run.heredocs().isEmpty()) {
      List<String> shells = state.settings.shellOrUsual();
      Heredoc first = run.heredocs().getFirst();
      String text = shell.text().strip();
      if (run.heredocs().size() == 1 && text.matches("\\d*<<-?\\s*\\S+")) {
        String body = first.content();
        if (body.startsWith("#!")) {
          String path = PIPES + first.name();
          List<String> arguments = new ArrayList<>(shells);
          arguments.add(path);
          return new Script(arguments, String.join(" ", arguments), body, first.name());
        }
        return plain(new Command.Shell(body).arguments(shells));
      }
      StringBuilder all = new StringBuilder(shell.text());
      for (Heredoc heredoc : run.heredocs()) {
        all.append('\n').append(heredoc.body()).append(heredoc.name());
      }
      return plain(new Command.Shell(all.toString()).arguments(shells));
    }
    return plain(run.command().arguments(state.settings.shellOrUsual()));
  }

  private static Script plain(List<String> arguments) {
    return new Script(arguments, String.join(" ", arguments), "", "");
  }

  private String shown(String command) {
    if (state.arguments.isEmpty()) {
      return command;
    }
    List<String> words = new ArrayList<>();
    words.add("|" + state.arguments.size());
    state.arguments.forEach(name -> words.add(name + "=" + state.variables.getOrDefault(name, "")));
    words.add(command);
    return String.join(" ", words);
  }

  private void checkEntitlements(Instruction.Run run) throws BuildException {
    BuildRequest.SandboxOptions options = session.request().sandbox();
    if (run.network().equals("host")
        && !options.allows("network.host")
        && !options.network().equals("host")) {
      throw session.failure(
          run.origin(),
          "--network=host needs the entitlement network.host; grant it with"
              + " entitlements: [network.host]",
          null);
    }
    if (run.security().equals("insecure")
        && !options.privileged()
        && !options.allows("security.insecure")) {
      throw session.failure(
          run.origin(),
          "--security=insecure needs the entitlement security.insecure; grant it with"
              + " entitlements: [security.insecure]",
          null);
    }
    if (!run.devices().isEmpty()) {
      throw session.failure(
          run.origin(),
          "--device is not supported: this engine has no CDI devices; remove the flag",
          null);
    }
  }

  private String network(Instruction.Run run) {
    String wanted = run.network();
    if (wanted.isEmpty() || wanted.equals("default")) {
      wanted = session.request().sandbox().network();
    }
    return wanted.isEmpty() || wanted.equals("default") ? "bridge" : wanted;
  }

  private StepRunner.Made made(Instruction.Run run, Script script, int step)
      throws BuildException, IOException, InterruptedException {
    try (UndoStack undo = new UndoStack()) {
      RunMounts mounts = new RunMounts(tools, session, stage, state, undo);
      mounts.read(run);
      boolean insecure =
          session.request().sandbox().privileged() || run.security().equals("insecure");
      Digest key =
          StepKey.of("RUN", state.chain)
              .with(script.arguments())
              .with(script.script())
              .with(environment())
              .with(state.settings.workingDirOrRoot())
              .with(state.settings.user)
              .with(network(run))
              .with(Boolean.toString(insecure))
              .with(mounts.key())
              .with(session.request().sandbox().extraHosts())
              .with(session.epochText())
              .finish();
      return tools
          .steps()
          .run(
              new StepRunner.Step(
                  key,
                  state.chain,
                  "RUN " + script.shown(),
                  session.cached(stage),
                  session.shared()),
              session.lease(),
              session.moment(),
              session.progress(),
              step,
              staged -> fill(run, script, mounts, insecure, step, staged));
    }
  }

  private List<String> environment() {
    List<String> environment = new ArrayList<>();
    state.variables.forEach((name, value) -> environment.add(name + "=" + value));
    return environment;
  }

  private List<String> wholeEnvironment(RunMounts mounts) {
    Map<String, String> extra = new TreeMap<>();
    for (String proxy : PROXIES) {
      String value = session.request().arguments().get(proxy);
      if (value != null && !state.variables.containsKey(proxy)) {
        extra.put(proxy, value);
      }
    }
    extra.putAll(mounts.environment());
    List<String> all = environment();
    extra.forEach((name, value) -> all.add(name + "=" + value));
    return all;
  }

  private void fill(
      Instruction.Run run, Script script, RunMounts mounts, boolean insecure, int step, Path staged)
      throws BuildException, IOException, InterruptedException {
    Path work = tools.store().layers().stage();
    LastOutput last = new LastOutput();
    try (UndoStack undo = new UndoStack()) {
      undo.push("remove " + work, () -> tools.store().layers().discard(work));
      List<Mount> all = new ArrayList<>(mounts.prepare());
      if (!script.script().isEmpty()) {
        all.add(scriptMount(script, undo));
      }
      BuildRequest.SandboxOptions options = session.request().sandbox();
      RunSpec spec =
          new RunSpec(
              session.layers(state.chain),
              script.arguments(),
              wholeEnvironment(mounts),
              state.settings.workingDirOrRoot(),
              state.settings.user,
              network(run),
              insecure,
              all,
              RunSpec.HOSTNAME,
              options.extraHosts(),
              options.shmBytes() == 0 ? StandardMounts.SHM_BYTES : options.shmBytes(),
              options.ulimits().stream().map(RunStep::ulimit).toList(),
              options.limits());
      ExitStatus status =
          tools
              .sandbox()
              .run(
                  spec,
                  staged,
                  work,
                  (error, bytes) -> {
                    last.add(bytes.duplicate());
                    session.progress().output(step, error, bytes);
                  });
      if (status.code() != 0) {
        throw failed(run, script, status, last);
      }
    } catch (LaunchException e) {
      throw session.failure(
          run.origin(),
          "process \"" + script.shown() + "\" could not be started: " + e.getMessage(),
          e.exitCode(),
          session.stateForDebugging(state),
          "",
          e);
    } catch (EngineException e) {
      throw session.failure(run.origin(), String.valueOf(e.getMessage()), e);
    }
    if (session.epoch() != null) {
      Times.clamp(tools.files(), staged, session.epoch().getEpochSecond());
    }
  }

  private Mount scriptMount(Script script, UndoStack undo) throws IOException {
    Path file = Files.createTempFile(Files.createDirectories(tools.state().buildRuns()), "s", "");
    undo.push("remove " + file, () -> Files.deleteIfExists(file));
    Files.writeString(file, script.script());
    Files.setAttribute(file, "unix:mode", 0755);
    return Mount.Bind.of(file, PIPES + script.scriptName(), true);
  }

  private BuildException failed(
      Instruction.Run run, Script script, ExitStatus status, LastOutput last) throws IOException {
    String message =
        "process \"%s\" did not complete successfully: exit code: %d%s"
            .formatted(
                script.shown(),
                status.code(),
                status.oomKilled() ? " (the kernel killed it for lack of memory)" : "");
    return session.failure(
        run.origin(), message, status.code(), session.stateForDebugging(state), last.text(), null);
  }

  private static HostResources.Ulimit ulimit(String text) {
    String[] parts = text.split("[=:]", -1);
    try {
      long soft = Long.parseLong(parts[1]);
      return new HostResources.Ulimit(
          parts[0], soft, parts.length > 2 ? Long.parseLong(parts[2]) : soft);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new EngineException.InvalidRequest(
          "\"" + text + "\" is not a limit; write name=soft or name=soft:hard");
    }
  }
}
