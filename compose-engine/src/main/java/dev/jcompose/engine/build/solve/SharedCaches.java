package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.share.ForeignSteps;
import dev.jcompose.engine.build.share.LayoutFolder;
import dev.jcompose.engine.build.share.SharedPlace;
import dev.jcompose.engine.build.share.SharedSteps;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one build takes from the caches of others and gives to them. */
final class SharedCaches {
  private final BuildTools tools;
  private final Session session;
  private final List<SharedPlace> from;
  private final List<SharedPlace> to;
  private final List<ForeignSteps> found = new ArrayList<>();

  /**
   * @throws EngineException.InvalidRequest when an entry makes no sense
   */
  SharedCaches(BuildTools tools, Session session) {
    this.tools = tools;
    this.session = session;
    BuildRequest.Caching caching = session.request().caching();
    this.from = caching.from().stream().map(text -> SharedPlace.parse(text, false)).toList();
    this.to = caching.to().stream().map(text -> SharedPlace.parse(text, true)).toList();
  }

  /** Looks at the places steps may come from; one that cannot be read is told and left. */
  void open() throws InterruptedException {
    for (SharedPlace place : session.request().caching().none() ? List.<SharedPlace>of() : from) {
      int step = session.progress().begin(session.internal("import cache from " + name(place)));
      try {
        ForeignSteps steps = read(place);
        found.add(steps);
        session.progress().done(step);
        if (steps.size() == 0) {
          session
              .progress()
              .warning(name(place) + " names no steps; it was built without cache_to");
        }
      } catch (IOException | ImageException e) {
        session.progress().failed(step, String.valueOf(e.getMessage()));
        session
            .progress()
            .warning("no steps are taken from " + name(place) + ": " + e.getMessage());
      } catch (InterruptedException e) {
        session.progress().canceled(step);
        throw e;
      }
    }
  }

  private static String name(SharedPlace place) {
    return switch (place) {
      case SharedPlace.Folder folder -> folder.path().toString();
      case SharedPlace.Registry registry -> registry.reference().familiar();
      case SharedPlace.Inline _ -> "the image";
    };
  }

  private ForeignSteps read(SharedPlace place)
      throws ImageException, IOException, InterruptedException {
    return switch (place) {
      case SharedPlace.Folder folder -> new LayoutFolder(folder.path()).read(maker());
      case SharedPlace.Registry registry -> atRegistry(registry.reference());
      case SharedPlace.Inline _ ->
          throw new IOException("type=inline is for cache_to; name the image in cache_from");
    };
  }

  private LayerMaker maker() {
    return new LayerMaker(tools.store().layers(), tools.files());
  }

  private ForeignSteps atRegistry(Reference reference)
      throws ImageException, IOException, InterruptedException {
    Credential login = tools.bases().login(reference, session.request().logins());
    ImageTransfers transfers = tools.bases().transfers();
    ImageTransfers.Artifact artifact = transfers.read(reference, login);
    try {
      JsonObject configuration = artifact.configuration();
      return new ForeignSteps(
          SharedSteps.read(configuration),
          configuration.object("rootfs").strings("diff_ids").stream().map(Digest::parse).toList(),
          artifact.manifest().layers(),
          (blob, diffId, below, lease) ->
              transfers.layer(reference, login, blob, diffId, below, lease));
    } catch (JsonException | BadReferenceException e) {
      throw new IOException("its configuration makes no sense: " + e.getMessage(), e);
    }
  }

  /**
   * The layer another build made in a step.
   *
   * @param below chain id of the layers the step stands on
   * @return null when no place has it, or its layer cannot be got
   */
  StepRunner.@Nullable Made take(Digest key, @Nullable Digest below, Lease lease)
      throws InterruptedException {
    for (ForeignSteps steps : found) {
      SharedSteps.Step step = steps.find(key);
      if (step != null) {
        try {
          return new StepRunner.Made(steps.layer(step, below, lease), step.created(), false);
        } catch (ImageException | IOException e) {
          session.progress().warning("the layer of a cached step is made again: " + e.getMessage());
        }
      }
    }
    return null;
  }

  /** What the image itself says of its steps; null unless that was asked for. */
  ImageMaker.@Nullable Note inline(@Nullable Digest chain) {
    boolean wanted =
        to.stream().anyMatch(place -> place instanceof SharedPlace.Inline)
            || "1".equals(session.request().arguments().get("BUILDKIT_INLINE_CACHE"));
    return wanted
        ? new ImageMaker.Note(
            SharedSteps.MEMBER, SharedSteps.of(tools.cache().list(), layers(orNone(chain))))
        : null;
  }

  private static Set<Digest> orNone(@Nullable Digest chain) {
    return chain == null ? Set.of() : Set.of(chain);
  }

  /**
   * Writes the steps to where they were asked for.
   *
   * @param result uppermost layer of the image
   * @param stages those of all stages that were built
   */
  void write(@Nullable Digest result, List<Digest> stages)
      throws BuildException, IOException, InterruptedException {
    for (SharedPlace place : to) {
      switch (place) {
        case SharedPlace.Inline _ -> {
          // In the image already.
        }
        case SharedPlace.Folder folder ->
            write(
                place,
                chains(folder.all(), result, stages),
                (steps, layers) ->
                    new LayoutFolder(folder.path()).write(steps, layers, tools.store()));
        case SharedPlace.Registry registry ->
            write(
                place,
                chains(registry.all(), result, stages),
                (steps, layers) ->
                    tools
                        .bases()
                        .transfers()
                        .write(
                            registry.reference(),
                            tools.bases().login(registry.reference(), session.request().logins()),
                            layers,
                            steps.carrier(layers)));
      }
    }
  }

  private static Set<Digest> chains(boolean all, @Nullable Digest result, List<Digest> stages) {
    return all ? new LinkedHashSet<>(stages) : orNone(result);
  }

  @FunctionalInterface
  private interface Writing {
    void write(SharedSteps steps, List<Layer> layers)
        throws ImageException, IOException, InterruptedException;
  }

  private void write(SharedPlace place, Set<Digest> tops, Writing writing)
      throws BuildException, IOException, InterruptedException {
    int number = session.progress().begin(session.internal("export cache to " + name(place)));
    session.watched(
        number,
        () -> {
          List<Layer> layers = layers(tops);
          SharedSteps steps = SharedSteps.of(tools.cache().list(), layers);
          // Layers of base images come from where these come from.
          Set<Digest> made = new LinkedHashSet<>();
          steps.steps().forEach(step -> made.add(step.diffId()));
          Map<Digest, Layer> own = new LinkedHashMap<>();
          layers.stream()
              .filter(layer -> made.contains(layer.diffId()))
              .forEach(layer -> own.putIfAbsent(layer.diffId(), layer));
          try {
            writing.write(steps, List.copyOf(own.values()));
          } catch (ImageException e) {
            throw new BuildException(
                "could not export the cache to " + name(place) + ": " + e.getMessage(), e);
          }
          return steps.steps().size();
        });
  }

  /** The layers of these chains, lowest first, each once. */
  private List<Layer> layers(Set<Digest> tops) {
    Map<Digest, Layer> all = new LinkedHashMap<>();
    for (Digest top : tops) {
      List<Layer> chain = new ArrayList<>();
      Layer next = tools.store().layers().find(top);
      while (next != null) {
        chain.addFirst(next);
        next = next.parent() == null ? null : tools.store().layers().find(next.parent());
      }
      chain.forEach(layer -> all.putIfAbsent(layer.chainId(), layer));
    }
    return List.copyOf(all.values());
  }
}
