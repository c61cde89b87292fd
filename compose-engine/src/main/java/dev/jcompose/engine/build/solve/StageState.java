package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.make.Addition;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage while it is built: the layers so far, the settings, and what variables there are. Used by
 * one thread; whoever builds on a finished stage takes a copy.
 */
final class StageState {
  /** What BuildKit writes into the history of its steps. */
  private static final String COMMENT = "buildkit.dockerfile.v0";

  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  final @Nullable Digest baseImage;

  /** What the image is for when it stands on nothing. */
  final Platform platform;

  final Settings settings;
  final List<Addition> additions;

  /** What RUN and expansions see: the image's variables and build arguments, as they came. */
  final Map<String, String> variables;

  /** Names of declared build arguments in order, for the history. */
  final List<String> arguments;

  @Nullable Digest chain;
  String author;
  Instant lastChange;
  boolean commandSet;

  private StageState(
      @Nullable Digest baseImage,
      Platform platform,
      ImageConfig config,
      List<Addition> additions,
      @Nullable Digest chain,
      String author,
      Instant lastChange) {
    this.baseImage = baseImage;
    this.platform = platform;
    this.settings = new Settings(config);
    this.additions = new ArrayList<>(additions);
    this.variables = new LinkedHashMap<>();
    this.arguments = new ArrayList<>();
    this.chain = chain;
    this.author = author;
    this.lastChange = lastChange;
  }

  /** Nothing at all, as BuildKit has it: a search path, and the root as working directory. */
  static StageState scratch(Instant now, Platform platform) {
    StageState state = new StageState(null, platform, ImageConfig.EMPTY, List.of(), null, "", now);
    state.settings.workingDir = "/";
    state.setPath();
    return state;
  }

  /**
   * On an image.
   *
   * @param chain its uppermost layer; null when it has none
   */
  static StageState on(Image image, @Nullable Digest chain) {
    StageState state =
        new StageState(
            Digest.parse(image.id()),
            Platform.of(image),
            image.config(),
            List.of(),
            chain,
            image.author(),
            image.created());
    state.variables.putAll(state.settings.env);
    if (!state.settings.env.containsKey("PATH")) {
      state.setPath();
    }
    return state;
  }

  private void setPath() {
    settings.env.put("PATH", USUAL_PATH);
    variables.put("PATH", USUAL_PATH);
  }

  /** On this stage, which is not changed any more. */
  StageState child() {
    StageState child =
        new StageState(
            baseImage, platform, settings.config(), additions, chain, author, lastChange);
    child.variables.putAll(variables);
    child.arguments.addAll(arguments);
    return child;
  }

  /** Notes a step that made a layer. */
  void layer(Layer layer, Instant created, String history) {
    chain = layer.chainId();
    lastChange = created;
    additions.add(
        new Addition(layer, new Configuration.Step(created, history, "", COMMENT, false)));
  }

  /** Notes a step that changed only settings; it has the time of the layer before it. */
  void setting(String history) {
    additions.add(
        new Addition(null, new Configuration.Step(lastChange, history, "", COMMENT, true)));
  }
}
