package dev.jcompose.engine.container.create;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.Endpoint;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.volume.Volumes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns a client's request into a container's record. */
public final class RecordMaker {
  private final Images images;
  private final Networks networks;
  private final Volumes volumes;

  public RecordMaker(Images images, Networks networks, Volumes volumes) {
    this.images = images;
    this.networks = networks;
    this.volumes = volumes;
  }

  /** A record nobody has stored yet, and what the client may want to know. */
  public record Made(ContainerRecord container, List<String> warnings) {
    public Made {
      warnings = List.copyOf(warnings);
    }
  }

  /** A name for a container that was given none. */
  public static String anyName() {
    return NameMaker.name();
  }

  /**
   * Checks, merges, and makes missing volumes.
   *
   * @param containers finds other containers, for volumes and namespaces taken from them
   * @param undo takes back the volumes
   * @throws EngineException when the request cannot be met
   */
  public Made make(
      String id,
      String name,
      Instant now,
      ContainerSpec request,
      Function<String, ContainerRecord> containers,
      UndoStack undo) {
    List<String> warnings = SpecCheck.check(request);
    Image image = resolve(request.image());
    ContainerSpec spec = ImageMerge.merge(request, image.config());
    for (String link : spec.network().links()) {
      var _ = containers.apply(link.replaceFirst(":.*", ""));
    }
    List<String> arguments = ImageMerge.arguments(spec);
    return new Made(
        new ContainerRecord(
            id,
            name,
            now,
            spec,
            image.id(),
            arguments,
            new MountPlan(volumes, this::resolve, containers, id).plan(spec, undo),
            ContainerState.CREATED,
            endpoints(spec.network()),
            List.of(),
            0),
        warnings);
  }

  private Image resolve(String reference) {
    if (reference.isBlank()) {
      throw new EngineException.InvalidRequest("no image specified; name one");
    }
    try {
      return images.resolve(reference);
    } catch (BadReferenceException e) {
      throw new EngineException.InvalidRequest(
          e.getMessage() == null ? "invalid reference format" : e.getMessage(), e);
    } catch (ImageException e) {
      String message = String.valueOf(e.getMessage());
      switch (e.kind()) {
        case NOT_FOUND -> throw new EngineException.NotFound(message);
        case INVALID -> throw new EngineException.InvalidRequest(message, e);
        case CONFLICT -> throw new EngineException.Conflict(message);
        case DENIED -> throw new EngineException.Forbidden(message);
        case FAILED -> throw new EngineException.Failed(message, e);
      }
      throw new EngineException.Failed(message, e);
    }
  }

  private List<Endpoint> endpoints(NetworkSettings asked) {
    String mode = asked.disabled() ? "none" : asked.mode();
    if (mode.startsWith("container:")) {
      return List.of();
    }
    Map<String, NetworkSettings.Attachment> wanted = new LinkedHashMap<>();
    asked.attachments().forEach((network, settings) -> wanted.put(nameOf(network), settings));
    String own = mode.isEmpty() || mode.equals("default") ? "bridge" : nameOf(mode);
    boolean modeDecides = !mode.isEmpty() && !mode.equals("default");
    if (wanted.isEmpty() || (modeDecides && !wanted.containsKey(own))) {
      Map<String, NetworkSettings.Attachment> first = new LinkedHashMap<>();
      first.put(own, NetworkSettings.Attachment.PLAIN);
      first.putAll(wanted);
      return list(first);
    }
    return list(wanted);
  }

  private static List<Endpoint> list(Map<String, NetworkSettings.Attachment> wanted) {
    List<Endpoint> endpoints = new ArrayList<>();
    wanted.forEach((network, settings) -> endpoints.add(Endpoint.wanted(network, settings)));
    return endpoints;
  }

  // The same network may come by id in one place and by name in another; docker's command line
  // calls
  // the default one "default".
  private String nameOf(String network) {
    return networks.get(network.equals("default") ? "bridge" : network).name();
  }
}
