package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.cache.StepKey;
import dev.jcompose.engine.build.copy.CopyException;
import dev.jcompose.engine.build.copy.Destination;
import dev.jcompose.engine.build.copy.Owner;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.KeyValue;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.container.create.Signals;
import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Carries out the instructions of one stage, one after the other. */
final class StageRunner {
  private final BuildTools tools;
  private final Session session;
  private final Stage stage;
  private final StageState state;
  private final Scope scope;
  private final CopyStep copying;
  private final RunStep running;
  private int number = 1;

  StageRunner(BuildTools tools, Session session, Stage stage, StageState state) {
    this.tools = tools;
    this.session = session;
    this.stage = stage;
    this.state = state;
    this.scope = session.scope();
    this.copying = new CopyStep(tools, session, stage, state);
    this.running = new RunStep(tools, session, stage, state);
  }

  /** Whether an instruction makes a layer, and so has a number in progress lines. */
  static boolean isStep(Instruction instruction) {
    return instruction instanceof Instruction.Run
        || instruction instanceof Instruction.Copy
        || instruction instanceof Instruction.Add
        || instruction instanceof Instruction.Workdir;
  }

  /** Carries out what the base left to do, then the stage's own. */
  void run() throws BuildException, IOException, InterruptedException {
    List<String> triggers = List.copyOf(state.settings.onBuild);
    state.settings.onBuild.clear();
    for (String trigger : triggers) {
      carryOut(DockerfileParser.parseTrigger(stage.from().base(), trigger));
    }
    for (Instruction instruction : stage.instructions()) {
      carryOut(instruction);
    }
  }

  private void carryOut(Instruction instruction)
      throws BuildException, IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (isStep(instruction)) {
      number++;
    }
    switch (instruction) {
      case Instruction.From _ ->
          throw new IllegalStateException("FROM begins a stage and is not in it");
      case Instruction.Run run -> running.run(run, title(run));
      case Instruction.Copy copy -> copying.copy(copy, title(copy));
      case Instruction.Add add -> copying.add(add, title(add));
      case Instruction.Workdir workdir -> workdir(workdir);
      case Instruction.Env env -> env(env);
      case Instruction.Label label -> label(label);
      case Instruction.Arg arg -> arg(arg);
      case Instruction.Expose expose -> expose(expose);
      case Instruction.Volume volume -> volume(volume);
      case Instruction.User user -> {
        state.settings.user = word(user.user(), user);
        state.setting("USER " + state.settings.user);
      }
      case Instruction.Cmd cmd -> {
        state.settings.cmd = cmd.command().arguments(state.settings.shellOrUsual());
        state.commandSet = true;
        state.setting("CMD " + HistoryText.vector(state.settings.cmd));
      }
      case Instruction.Entrypoint entrypoint -> {
        state.settings.entrypoint = entrypoint.command().arguments(state.settings.shellOrUsual());
        if (!state.commandSet) {
          state.settings.cmd = List.of();
        }
        state.setting("ENTRYPOINT " + HistoryText.vector(state.settings.entrypoint));
      }
      case Instruction.Healthcheck check -> {
        state.settings.healthcheck = check.check();
        state.setting("HEALTHCHECK " + HistoryText.healthcheck(check.check()));
      }
      case Instruction.Shell shell -> {
        state.settings.shell = shell.shell();
        state.setting("SHELL " + HistoryText.list(shell.shell()));
      }
      case Instruction.StopSignal signal -> {
        state.settings.stopSignal = word(signal.signal(), signal);
        try {
          Signals.parse(state.settings.stopSignal);
        } catch (EngineException.InvalidRequest e) {
          throw scope.problem(
              scope.source().locate(signal.origin().range(), signal.signal()),
              "\"" + state.settings.stopSignal + "\" is no signal",
              "write one such as SIGTERM or 15");
        }
        state.setting("STOPSIGNAL " + state.settings.stopSignal);
      }
      case Instruction.OnBuild onBuild -> state.settings.onBuild.add(onBuild.trigger());
      case Instruction.Maintainer maintainer -> {
        state.author = maintainer.author();
        state.setting("MAINTAINER " + maintainer.author());
      }
    }
  }

  private String word(String text, Instruction instruction) {
    return scope.word(text, state.variables::get, instruction.origin().range());
  }

  private String title(Instruction instruction) {
    return session.title(stage, number, instruction.origin().text());
  }

  private void env(Instruction.Env env) {
    Map<String, String> set = expanded(env.variables(), env);
    set.forEach(
        (name, value) -> {
          state.settings.env.put(name, value);
          state.variables.put(name, value);
        });
    state.setting("ENV " + pairs(set));
  }

  private void label(Instruction.Label label) {
    Map<String, String> set = expanded(label.labels(), label);
    state.settings.labels.putAll(set);
    state.setting("LABEL " + pairs(set));
  }

  /** All values are as of before the instruction: one does not see the other. */
  private Map<String, String> expanded(List<KeyValue> pairs, Instruction instruction) {
    Map<String, String> set = new LinkedHashMap<>();
    for (KeyValue pair : pairs) {
      set.put(word(pair.key(), instruction), word(pair.value(), instruction));
    }
    return set;
  }

  private static String pairs(Map<String, String> set) {
    List<String> words = new ArrayList<>();
    set.forEach((name, value) -> words.add(name + "=" + value));
    return String.join(" ", words);
  }

  private void arg(Instruction.Arg arg) {
    List<String> words = new ArrayList<>();
    for (Instruction.Arg.Declaration declaration : arg.declarations()) {
      String name = declaration.name();
      String written = declaration.value();
      String value = session.request().arguments().get(name);
      String declared = null;
      if (written != null) {
        declared = word(written, arg);
      }
      if (value == null) {
        value = declared;
      }
      if (value == null) {
        value = session.globals().get(name);
      }
      session.consumed(name);
      words.add(declared == null ? name : name + "=" + declared);
      if (value != null) {
        state.variables.put(name, value);
        if (!state.arguments.contains(name)) {
          state.arguments.add(name);
        }
      }
    }
    state.setting("ARG " + String.join(" ", words));
  }

  private void expose(Instruction.Expose expose) {
    TreeSet<String> ports = new TreeSet<>();
    for (String text : expose.ports()) {
      for (String port : scope.split(text, state.variables::get, expose.origin().range())) {
        ports.addAll(ports(port, expose.origin().range()));
      }
    }
    state.settings.exposedPorts.addAll(ports);
    state.setting("EXPOSE " + HistoryText.list(ports));
  }

  private List<String> ports(String text, SourceRange range) {
    int slash = text.indexOf('/');
    String protocol =
        slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(java.util.Locale.ROOT);
    String numbers = slash < 0 ? text : text.substring(0, slash);
    // An address or a port of the host says nothing here.
    numbers = numbers.substring(numbers.lastIndexOf(':') + 1);
    String[] ends = numbers.split("-", 2);
    int first = port(ends[0]);
    int last = ends.length == 1 ? first : port(ends[1]);
    if (first < 0 || last < first || !List.of("tcp", "udp", "sctp").contains(protocol)) {
      throw scope.problem(
          scope.source().locate(range, text),
          "\"" + text + "\" is not a port",
          "write 80, 53/udp or 8000-8010/tcp");
    }
    List<String> all = new ArrayList<>();
    for (int port = first; port <= last; port++) {
      all.add(port + "/" + protocol);
    }
    return all;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 65535 ? -1 : port;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void volume(Instruction.Volume volume) {
    List<String> paths = new ArrayList<>();
    for (String path : volume.paths()) {
      paths.add(word(path, volume));
    }
    state.settings.volumes.addAll(paths);
    state.setting("VOLUME " + HistoryText.list(paths));
  }

  private void workdir(Instruction.Workdir workdir)
      throws BuildException, IOException, InterruptedException {
    String written = word(workdir.path(), workdir);
    String path =
        Path.of(state.settings.workingDirOrRoot()).resolve(written).normalize().toString();
    state.settings.workingDir = path;
    String history = "WORKDIR " + path;
    if (path.equals("/")) {
      state.setting(history);
      return;
    }
    String user = state.settings.user;
    Digest key =
        StepKey.of("WORKDIR", state.chain).with(path).with(user).with(session.epochText()).finish();
    int step = session.progress().begin(title(workdir));
    makeLayer(
        step,
        key,
        history,
        history,
        staged -> {
          Owner owner = OwnerLookup.ofUser(user, session.layers(state.chain));
          try (Destination destination =
              new Destination(
                  tools.files(),
                  session.tree(state.chain),
                  staged,
                  session.moment().getEpochSecond())) {
            destination.makeDirectories(path, owner);
            destination.finish();
          } catch (CopyException e) {
            throw session.failure(workdir.origin(), String.valueOf(e.getMessage()), e);
          }
        });
  }

  private void makeLayer(
      int step, Digest key, String history, String description, StepRunner.Work work)
      throws BuildException, IOException, InterruptedException {
    StepRunner.Made made =
        session.watched(
            step,
            () ->
                tools
                    .steps()
                    .run(
                        new StepRunner.Step(
                            key, state.chain, description, session.cached(stage), session.shared()),
                        session.lease(),
                        session.moment(),
                        session.progress(),
                        step,
                        work));
    state.layer(made.layer(), made.created(), history);
  }
}
