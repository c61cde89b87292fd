package dev.jcompose.core.config;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A model whose images are named by digest, so that they stay what they are now. */
final class PinnedImages {
  private static final Origin PINNED = Origin.made("the registry");

  private final YamlMap model;
  private final Problems problems = new Problems();
  private final Map<String, Future<String>> digests = new LinkedHashMap<>();

  /** Works on a copy of a model. */
  PinnedImages(YamlMap model) {
    this.model = model.copy();
  }

  /** An image in the model. */
  private record Place(YamlMap map, String key, String path) {}

  /**
   * The model with a digest in every image of a service and of a mount of the type image.
   *
   * @throws ComposeException with every image whose digest cannot be had
   */
  YamlMap pin(DigestLookup lookup) throws ComposeException {
    List<Place> places = places();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Place place : places) {
        ImageName name = name(place);
        if (name != null && name.digest() == null) {
          digests.computeIfAbsent(
              name.toString(), image -> threads.submit(() -> lookup.digest(image)));
        }
      }
    }
    for (Place place : places) {
      pin(place);
    }
    problems.throwIfAny();
    return model;
  }

  /** Nothing but the images of a model, as a file to lay over it. */
  static YamlMap only(YamlMap pinned) {
    YamlMap services = new YamlMap(PINNED);
    YamlMap all = pinned.map("services");
    if (all != null) {
      for (YamlMap.Entry entry : all) {
        YamlMap service = entry.value() instanceof YamlMap map ? images(map) : new YamlMap(PINNED);
        if (!service.isEmpty()) {
          services.put(entry.key(), service);
        }
      }
    }
    YamlMap override = new YamlMap(PINNED);
    override.put("services", services);
    return override;
  }

  private static YamlMap images(YamlMap service) {
    YamlMap images = new YamlMap(PINNED);
    YamlNode image = service.get("image");
    if (image != null) {
      images.put("image", image);
    }
    YamlList mounts = new YamlList(PINNED);
    for (YamlMap mount : imageMounts(service)) {
      mounts.add(mount);
    }
    if (!mounts.isEmpty()) {
      images.put("volumes", mounts);
    }
    return images;
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    YamlMap services = model.map("services");
    if (services != null) {
      for (YamlMap.Entry entry : services) {
        if (entry.value() instanceof YamlMap service) {
          String path = "services." + entry.key();
          add(places, service, "image", path + ".image");
          for (YamlMap mount : imageMounts(service)) {
            add(places, mount, "source", path + ".volumes");
          }
        }
      }
    }
    return places;
  }

  private static void add(List<Place> places, YamlMap map, String key, String path) {
    String image = map.string(key);
    if (image != null && !image.isEmpty()) {
      places.add(new Place(map, key, path));
    }
  }

  private static List<YamlMap> imageMounts(YamlMap service) {
    List<YamlMap> mounts = new ArrayList<>();
    YamlList volumes = service.list("volumes");
    if (volumes != null) {
      for (YamlNode item : volumes) {
        if (item instanceof YamlMap mount && "image".equals(mount.string("type"))) {
          mounts.add(mount);
        }
      }
    }
    return mounts;
  }

  private static @Nullable ImageName name(Place place) {
    String text = place.map.string(place.key);
    return text == null ? null : ImageName.parse(text);
  }

  private void pin(Place place) throws ComposeException {
    YamlNode written = place.map.get(place.key);
    ImageName name = name(place);
    if (written == null || name == null) {
      problem(
          place,
          "\"" + place.map.string(place.key) + "\" is not the name of an image",
          "write it as registry/repository:tag, with its variables filled in");
      return;
    }
    Future<String> digest = digests.get(name.toString());
    try {
      ImageName pinned = digest == null ? name : name.pinned(digest.get());
      place.map.put(place.key, YamlScalar.of(pinned.toString(), written.origin()));
    } catch (ExecutionException e) {
      problem(place, reason(name, e), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem(place, "interrupted while asking for the digest of " + name, "");
      problems.throwIfAny();
    }
  }

  private static String reason(ImageName name, ExecutionException failure) {
    Throwable cause = failure.getCause();
    String why =
        cause instanceof IOException && cause.getMessage() != null
            ? cause.getMessage()
            : String.valueOf(cause);
    return "there is no digest of " + name + ": " + why;
  }

  private void problem(Place place, String text, String nextMove) {
    YamlNode at = place.map.get(place.key);
    problems.add(
        new Problem(at == null ? place.map.location() : at.location(), place.path, text, nextMove));
  }
}
