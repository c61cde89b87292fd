package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where the stages of one build take files and images from. */
final class Sources {
  static final String IMAGE = "docker-image://";
  static final String LAYOUT = "oci-layout://";

  private final BuildTools tools;
  private final Session session;
  private final Stages stages;
  private final FinishedStages finished;
  private final @Nullable Platform platform;
  private final Map<Wanted, Image> images = new ConcurrentHashMap<>();
  private @Nullable SourceFiles context;

  private record Wanted(String image, @Nullable Platform platform) {}

  /** Gives the state of a stage, and waits for it when it is being built. */
  @FunctionalInterface
  interface FinishedStages {
    StageState get(Stage stage) throws BuildException, IOException, InterruptedException;
  }

  /**
   * @param platform what images are for that files are taken from; null for this machine
   */
  Sources(
      BuildTools tools,
      Session session,
      Stages stages,
      FinishedStages finished,
      @Nullable Platform platform) {
    this.tools = tools;
    this.session = session;
    this.stages = stages;
    this.finished = finished;
    this.platform = platform;
  }

  /**
   * The files of a name as {@code --from} has it.
   *
   * @param from empty for the context
   * @param stage number of the stage that asks: it sees those before it
   */
  SourceFiles files(String from, int stage, Origin origin)
      throws BuildException, IOException, InterruptedException {
    if (from.isEmpty()) {
      return context();
    }
    String named = session.request().contexts().get(from);
    if (named != null && !isImage(named)) {
      Path folder = Path.of(named);
      return folder(folder, IgnoreRules.of(folder, null));
    }
    if (named == null) {
      Stage source = stages.byReference(from, stage);
      if (source != null) {
        return layers(finished.get(source).chain);
      }
    }
    try {
      return layers(chain(image(from, platform)));
    } catch (ImageException | BadReferenceException e) {
      throw session.failure(origin, from + ": " + e.getMessage(), e);
    }
  }

  /** The state of a stage, waited for. */
  StageState state(Stage stage) throws BuildException, IOException, InterruptedException {
    return finished.get(stage);
  }

  static boolean isImage(String context) {
    return context.startsWith(IMAGE) || context.startsWith(LAYOUT);
  }

  /**
   * The image a stage stands on or files are taken from; asked for once in a build.
   *
   * @param suited what it has to be for; null for whatever suits this machine
   */
  Image image(String reference, @Nullable Platform suited)
      throws ImageException, InterruptedException {
    String named = session.request().contexts().get(reference);
    Wanted wanted = new Wanted(named == null ? reference : named, suited);
    Image known = images.get(wanted);
    if (known == null) {
      known = named == null ? find(wanted) : named(reference, wanted);
      images.put(wanted, known);
    }
    return known;
  }

  // Only who asks for the build names a layout, for it is read wherever it is on this machine.
  private Image named(String name, Wanted wanted) throws ImageException, InterruptedException {
    String context = wanted.image();
    if (context.startsWith(LAYOUT)) {
      return tools.bases().layout(context.substring(LAYOUT.length()));
    }
    if (context.startsWith(IMAGE)) {
      return find(new Wanted(context.substring(IMAGE.length()), wanted.platform()));
    }
    throw new ImageException(
        ImageException.Kind.INVALID,
        "the context of this name is a folder, and a stage stands on an image; write FROM scratch"
            + " and COPY --from=%s . /".formatted(name));
  }

  private Image find(Wanted wanted) throws ImageException, InterruptedException {
    BuildRequest request = session.request();
    return tools
        .bases()
        .find(wanted.image(), wanted.platform(), request.caching().pull(), request.logins());
  }

  /** The uppermost layer of an image, held until the build ends; null when it has none. */
  @Nullable Digest chain(Image image) {
    if (image.diffIds().isEmpty()) {
      return null;
    }
    List<Digest> chain = ChainId.of(image.diffIds());
    chain.forEach(session.lease()::find);
    return chain.getLast();
  }

  private SourceFiles layers(@Nullable Digest chain) throws IOException {
    return new SourceFiles(
        session.tree(chain), chain == null ? "0".repeat(64) : chain.hex(), true, true);
  }

  private synchronized SourceFiles context() throws IOException {
    SourceFiles known = context;
    if (known == null) {
      known = folder(session.request().folder(), session.ignored());
      context = known;
    }
    return known;
  }

  private SourceFiles folder(Path folder, IgnoreRules ignored) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("the build context " + folder + " is not a folder");
    }
    return new SourceFiles(
        FileTree.folder(tools.files(), folder, ignored), "", false, ignored.isEmpty());
  }
}
