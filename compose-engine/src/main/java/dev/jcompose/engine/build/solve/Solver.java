package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.BuildResult;
import dev.jcompose.engine.build.check.CheckReport;
import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.build.check.Checks;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.stage.AutomaticArguments;
import dev.jcompose.engine.build.stage.StageReferences;
import dev.jcompose.engine.build.stage.UnusedArguments;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Emulators;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds one image: reads the Dockerfile, has the stages built that are needed, and names the
 * result.
 */
final class Solver {
  private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";

  private static final String EMULATOR =
      "register an emulator for it with binfmt_misc and the flag F, as Debian's qemu-user-static"
          + " does";

  private final BuildTools tools;
  private final BuildRequest request;
  private final BuildProgress progress;

  private final Emulators emulators = Emulators.ofKernel();
  private Platform platform = Platform.host();

  Solver(BuildTools tools, BuildRequest request, BuildProgress progress) {
    this.tools = tools;
    this.request = request;
    this.progress = progress;
  }

  /**
   * Builds.
   *
   * @throws BuildException when the Dockerfile, or something it needs, is wrong
   * @throws InterruptedException when the thread was interrupted; nothing is left then
   */
  BuildResult build() throws BuildException, InterruptedException {
    platform = target();
    List<Reference> names = names();
    try (Lease lease = tools.store().layers().lease()) {
      Dockerfile dockerfile = load();
      Scope scope = new Scope(dockerfile.source(), dockerfile.directives().escape());
      Map<String, String> globals = globals(dockerfile, scope);
      StageReferences.check(dockerfile, request.contexts().keySet());
      IgnoreRules ignored = ignored();
      Session session =
          new Session(
              tools, request, progress, dockerfile, scope, globals, lease, ignored, epoch(globals));
      check(dockerfile, ignored);
      dockerfile
          .globalArguments()
          .forEach(arg -> arg.declarations().forEach(each -> session.consumed(each.name())));
      if (request.checkOnly()) {
        return new BuildResult("", List.of());
      }
      Stages stages = new Stages(dockerfile.stages(), bases(dockerfile, scope, globals));
      Stage target = stages.target(request.target());
      if (target == null) {
        throw new BuildException(
            "target stage \"%s\" is not in %s; the stages are %s"
                .formatted(
                    request.target(),
                    request.dockerfileName(),
                    String.join(", ", dockerfile.stages().stream().map(Stage::title).toList())));
      }
      SharedCaches shared = new SharedCaches(tools, session);
      shared.open();
      session.use(shared);
      StageWorkers workers = new StageWorkers(stage -> stage(session, stages, stage));
      session.use(new Sources(tools, session, stages, workers::get, asked()));
      List<Stage> needed = stages.needed(target);
      StageState result = workers.build(needed, target);
      warnUnconsumed(session);
      BuildResult built = finish(session, result, names);
      List<Digest> tops =
          workers.finished().stream().map(state -> state.chain).filter(Objects::nonNull).toList();
      shared.write(result.chain, tops);
      return built;
    } catch (EngineException | IOException | KernelException e) {
      throw new BuildException(String.valueOf(e.getMessage()), e);
    } finally {
      tools.cache().save();
      tools.fileDigests().save();
    }
  }

  private IgnoreRules ignored() throws IOException {
    return IgnoreRules.of(
        request.folder(),
        request.dockerfile() instanceof BuildRequest.DockerfileSource.File file
            ? file.path()
            : null);
  }

  private void check(Dockerfile dockerfile, IgnoreRules ignored) throws BuildException {
    String frontend = Checks.otherFrontend(dockerfile, request.arguments());
    if (frontend != null) {
      progress.warning(frontend);
    }
    CheckReport report =
        Checks.run(
            dockerfile,
            new CheckRequest(
                request.arguments(),
                automatic(dockerfile),
                request.contexts().keySet(),
                ignored,
                new LocalBases(tools.store())));
    String end = report.tell(request.checkOnly(), progress::warning);
    if (end != null) {
      throw new BuildException(end);
    }
  }

  /** The names the image gets; looked at before anything is built. */
  private List<Reference> names() throws BuildException {
    List<Reference> names = new ArrayList<>();
    for (String tag : request.tags()) {
      try {
        Reference name = Reference.parse(tag).orLatest();
        if (name.digest() != null) {
          throw new BuildException(
              "the image cannot be called \"%s\": only registries give digests; write NAME[:TAG]"
                  .formatted(tag));
        }
        names.add(name);
      } catch (BadReferenceException e) {
        throw new BuildException("the image cannot be called so: " + e.getMessage(), e);
      }
    }
    return names;
  }

  private Platform target() throws BuildException {
    if (request.platform().isEmpty()) {
      return Platform.host();
    }
    try {
      Platform wanted = Platform.parse(request.platform());
      if (emulators.run(wanted)) {
        return wanted;
      }
      throw new BuildException(
          "platform %s cannot be built on this machine, which is %s; remove it from platforms, or %s"
              .formatted(wanted, Platform.host(), EMULATOR));
    } catch (BadReferenceException e) {
      throw new BuildException(e.getMessage() + "; correct it in platforms", e);
    }
  }

  private Dockerfile load() throws BuildException, IOException, InterruptedException {
    String title = request.title().isEmpty() ? "" : request.title() + " ";
    int step =
        progress.begin(
            "[" + title + "internal] load build definition from " + request.dockerfileName());
    byte[] text;
    switch (request.dockerfile()) {
      case BuildRequest.DockerfileSource.Inline inline ->
          text = inline.text().getBytes(StandardCharsets.UTF_8);
      case BuildRequest.DockerfileSource.InContext _ ->
          throw new IllegalStateException("the context has to be got first");
      case BuildRequest.DockerfileSource.File file -> {
        Path path = file.path();
        Path name = path.getFileName();
        if (!Files.exists(path)
            && name != null
            && name.toString().equals("Dockerfile")
            && Files.exists(path.resolveSibling("dockerfile"))) {
          path = path.resolveSibling("dockerfile");
        }
        if (!Files.isRegularFile(path)) {
          progress.failed(step, "no Dockerfile");
          throw new BuildException(
              "there is no Dockerfile at "
                  + path
                  + "; write one, or name another with dockerfile:");
        }
        text = Files.readAllBytes(path);
      }
    }
    Dockerfile dockerfile;
    try {
      dockerfile = DockerfileParser.parse(request.dockerfileName(), text);
    } catch (EngineException e) {
      progress.failed(step, "the Dockerfile has mistakes");
      throw e;
    }
    progress.done(step);
    return dockerfile;
  }

  private Map<String, String> automatic(Dockerfile dockerfile) {
    return AutomaticArguments.of(dockerfile, request.target(), Platform.host(), platform);
  }

  private Map<String, String> globals(Dockerfile dockerfile, Scope scope) {
    Map<String, String> globals = automatic(dockerfile);
    for (Instruction.Arg arg : dockerfile.globalArguments()) {
      for (Instruction.Arg.Declaration declaration : arg.declarations()) {
        String given = request.arguments().get(declaration.name());
        String written = declaration.value();
        if (given != null) {
          globals.put(declaration.name(), given);
        } else if (written != null) {
          globals.put(declaration.name(), scope.word(written, globals::get, arg.origin().range()));
        }
      }
    }
    return globals;
  }

  private @Nullable Instant epoch(Map<String, String> globals) throws BuildException {
    String text =
        request.arguments().getOrDefault(SOURCE_DATE_EPOCH, globals.get(SOURCE_DATE_EPOCH));
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Instant.ofEpochSecond(Long.parseLong(text));
    } catch (NumberFormatException | DateTimeException e) {
      throw new BuildException(
          "SOURCE_DATE_EPOCH=" + text + " is not a time; write seconds since 1970", e);
    }
  }

  private Map<Integer, Stages.Base> bases(
      Dockerfile dockerfile, Scope scope, Map<String, String> globals) {
    Map<Integer, Stages.Base> bases = new HashMap<>();
    for (Stage stage : dockerfile.stages()) {
      var range = stage.from().origin().range();
      String base = scope.word(stage.from().base(), globals::get, range);
      if (base.isBlank()) {
        throw scope.problem(
            scope.source().locate(range, stage.from().base()),
            "FROM " + stage.from().base() + " has no image once its variables are expanded",
            "give the ARG above a default, or build with --build-arg");
      }
      bases.put(stage.index(), new Stages.Base(base, platform(stage, scope, globals)));
    }
    return bases;
  }

  /** What a stage is for; null when nobody asked for anything but this machine. */
  private @Nullable Platform platform(Stage stage, Scope scope, Map<String, String> globals) {
    var range = stage.from().origin().range();
    String text = scope.word(stage.from().platform(), globals::get, range);
    if (text.isEmpty()) {
      return asked();
    }
    try {
      Platform wanted = Platform.parse(text);
      if (emulators.run(wanted)) {
        return wanted;
      }
      throw scope.problem(
          scope.source().locate(range, stage.from().platform()),
          "FROM --platform=%s cannot be built on this machine, which is %s"
              .formatted(text, Platform.host()),
          "remove --platform, or " + EMULATOR);
    } catch (BadReferenceException e) {
      throw scope.problem(
          scope.source().locate(range, stage.from().platform()),
          String.valueOf(e.getMessage()),
          "correct --platform");
    }
  }

  private @Nullable Platform asked() {
    return platform.equals(Platform.host()) ? null : platform;
  }

  private StageState stage(Session session, Stages stages, Stage stage)
      throws BuildException, IOException, InterruptedException {
    StageState state = base(session, stages, stage);
    new StageRunner(tools, session, stage, state).run();
    return state;
  }

  private StageState base(Session session, Stages stages, Stage stage)
      throws BuildException, IOException, InterruptedException {
    Stages.Base on = stages.base(stage);
    String base = on.image();
    Stage below = request.contexts().containsKey(base) ? null : stages.byName(base, stage.index());
    if (below != null) {
      return session.sources().state(below).child();
    }
    if (base.equals("scratch") && !request.contexts().containsKey(base)) {
      return StageState.scratch(
          session.epoch() == null ? Instant.EPOCH : session.epoch(),
          Objects.requireNonNullElseGet(on.platform(), Platform::host));
    }
    int step = progress.begin(session.title(stage, 1, "FROM " + base));
    return session.watched(
        step,
        () -> {
          try {
            Image image = session.sources().image(base, on.platform());
            return StageState.on(image, session.sources().chain(image));
          } catch (ImageException | BadReferenceException e) {
            throw session.failure(stage.from().origin(), base + ": " + e.getMessage(), e);
          }
        });
  }

  private void warnUnconsumed(Session session) {
    TreeSet<String> unused = new TreeSet<>(request.arguments().keySet());
    unused.removeAll(session.consumed());
    String warning = UnusedArguments.warning(unused);
    if (warning != null) {
      progress.warning(warning);
    }
  }

  private BuildResult finish(Session session, StageState result, List<Reference> names)
      throws BuildException, IOException, InterruptedException {
    String title = request.title().isEmpty() ? "" : "[" + request.title() + "] ";
    int step = progress.begin(title + "exporting to image");
    return session.watched(
        step,
        () -> {
          result.settings.labels.putAll(request.labels());
          Instant created = session.epoch() == null ? result.lastChange : session.epoch();
          Image image =
              tools
                  .images()
                  .make(
                      result.baseImage,
                      result.platform,
                      result.settings.config(),
                      result.additions,
                      created,
                      result.author,
                      session.shared().inline(result.chain));
          for (Reference name : names) {
            tools.store().tag(Digest.parse(image.id()), name);
            say(step, "naming to " + name.familiar() + " done");
          }
          say(step, "writing image " + image.id() + " done");
          return new BuildResult(image.id(), names.stream().map(Reference::familiar).toList());
        });
  }

  private void say(int step, String line) {
    progress.output(
        step, false, java.nio.ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
