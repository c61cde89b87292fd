package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.LastOutput;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the stages of one build share. */
final class Session {
  private final BuildTools tools;
  private final BuildRequest request;
  private final BuildProgress progress;
  private final Dockerfile dockerfile;
  private final Scope scope;
  private final Map<String, String> globals;
  private final Lease lease;
  private final IgnoreRules ignored;
  private final @Nullable Instant epoch;
  private final Set<String> consumed = ConcurrentHashMap.newKeySet();
  private @Nullable Sources sources;
  private @Nullable SharedCaches shared;

  Session(
      BuildTools tools,
      BuildRequest request,
      BuildProgress progress,
      Dockerfile dockerfile,
      Scope scope,
      Map<String, String> globals,
      Lease lease,
      IgnoreRules ignored,
      @Nullable Instant epoch) {
    this.tools = tools;
    this.request = request;
    this.progress = progress;
    this.dockerfile = dockerfile;
    this.scope = scope;
    this.globals = globals;
    this.lease = lease;
    this.ignored = ignored;
    this.epoch = epoch;
  }

  BuildRequest request() {
    return request;
  }

  Sources sources() {
    return Objects.requireNonNull(sources, "set before any stage begins");
  }

  void use(Sources places) {
    sources = places;
  }

  SharedCaches shared() {
    return Objects.requireNonNull(shared, "set before any stage begins");
  }

  void use(SharedCaches caches) {
    shared = caches;
  }

  /** What a progress line calls a step that belongs to no stage. */
  String internal(String text) {
    return "[" + (request.title().isEmpty() ? "" : request.title() + " ") + "internal] " + text;
  }

  BuildProgress progress() {
    return progress;
  }

  Scope scope() {
    return scope;
  }

  /** Values of the arguments before the first FROM, and of the platform's. */
  Map<String, String> globals() {
    return globals;
  }

  Lease lease() {
    return lease;
  }

  /** What the ignore file leaves out of the context. */
  IgnoreRules ignored() {
    return ignored;
  }

  /** The time of what is made now: SOURCE_DATE_EPOCH when it is set. */
  Instant moment() {
    return epoch == null ? tools.clock().instant() : epoch;
  }

  /** SOURCE_DATE_EPOCH; null when it is not set. */
  @Nullable Instant epoch() {
    return epoch;
  }

  /** What SOURCE_DATE_EPOCH adds to the key of a step. */
  String epochText() {
    return epoch == null ? "" : Long.toString(epoch.getEpochSecond());
  }

  /** A build argument was declared. */
  void consumed(String name) {
    consumed.add(name);
  }

  Set<String> consumed() {
    return consumed;
  }

  /** Whether old results will do for the steps of a stage. */
  boolean cached(Stage stage) {
    return !request.caching().noneFor(stage.name(), stage.index());
  }

  /** What a progress line calls a step of a stage. */
  String title(Stage stage, int number, String text) {
    long steps = 1 + stage.instructions().stream().filter(StageRunner::isStep).count();
    String name = dockerfile.stages().size() == 1 && stage.name().isEmpty() ? "" : stage.title();
    String head =
        String.join(
            " ",
            List.of(request.title(), name, number + "/" + Math.max(steps, number)).stream()
                .filter(part -> !part.isEmpty())
                .toList());
    return "[" + head + "] " + text.lines().findFirst().orElse("");
  }

  /** The directories of these layers, lowest first; none for no layers. */
  List<Path> layers(@Nullable Digest chain) {
    return tools.store().layers().directories(chain).reversed();
  }

  /** What these layers show together. */
  FileTree tree(@Nullable Digest chain) throws IOException {
    List<Path> layers = layers(chain);
    return FileTree.layers(tools.files(), layers.isEmpty() ? List.of(nothing()) : layers);
  }

  /** An empty directory. */
  Path nothing() throws IOException {
    return Files.createDirectories(tools.state().builds().resolve("nothing"));
  }

  /** Something an instruction wants cannot be done. */
  BuildException failure(Origin origin, String message, @Nullable Throwable cause) {
    return failure(origin, message, 0, null, "", cause);
  }

  /**
   * As above, for a command that failed.
   *
   * @param output what it wrote last
   */
  BuildException failure(
      Origin origin,
      String message,
      int exitCode,
      BuildException.@Nullable FailedRun run,
      String output,
      @Nullable Throwable cause) {
    String text = LastOutput.below(scope.source().quote(origin.range(), message), output);
    return new BuildException(text, exitCode, run, cause);
  }

  /**
   * An image of the state before a command that failed, so that somebody can look around in it: it
   * opens the shell of RUN, with the variables RUN sees.
   *
   * @return null unless that was asked for
   */
  BuildException.@Nullable FailedRun stateForDebugging(StageState state) throws IOException {
    if (!request.sandbox().keepFailed()) {
      return null;
    }
    Settings settings = new Settings(state.settings.config());
    settings.env.putAll(state.variables);
    settings.entrypoint = List.of();
    settings.cmd = List.of(settings.shellOrUsual().getFirst());
    // They would hide what the steps have made there.
    settings.volumes.clear();
    settings.healthcheck = null;
    settings.onBuild.clear();
    Image image =
        tools
            .images()
            .make(state.baseImage, settings.config(), state.additions, moment(), state.author);
    return new BuildException.FailedRun(
        image.id(), state.settings.workingDirOrRoot(), state.settings.user);
  }

  /** Work of one step. */
  @FunctionalInterface
  interface StepWork<T> {
    T run() throws BuildException, IOException, InterruptedException;
  }

  /** Does the work of a step that has begun, and tells how it ended. */
  <T> T watched(int step, StepWork<T> work)
      throws BuildException, IOException, InterruptedException {
    try {
      T result = work.run();
      progress.done(step);
      return result;
    } catch (InterruptedException e) {
      progress.canceled(step);
      throw e;
    } catch (BuildException | IOException | EngineException | KernelException e) {
      progress.failed(step, String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
