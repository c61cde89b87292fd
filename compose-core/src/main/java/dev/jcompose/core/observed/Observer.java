package dev.jcompose.core.observed;

import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.VolumeView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Looks at the engine in as few calls as possible, all of them at once. */
public final class Observer {
  private final Engine engine;
  private final boolean serial;

  /**
   * Looks through an engine's port.
   *
   * @param serial whether one call is made after the other
   */
  public Observer(Engine engine, boolean serial) {
    this.engine = engine;
    this.serial = serial;
  }

  /**
   * What to look at besides containers.
   *
   * @param images references to look up
   */
  public record Wanted(boolean networks, boolean volumes, Collection<String> images) {
    public static final Wanted CONTAINERS = new Wanted(false, false, List.of());

    public Wanted {
      images = List.copyOf(images);
    }
  }

  /** Looks at one project. */
  public ObservedState observe(String project, Wanted wanted) {
    FutureTask<List<NetworkView>> networks =
        begin(wanted.networks() ? engine::networks : List::of, wanted.networks());
    FutureTask<List<VolumeView>> volumes =
        begin(wanted.volumes() ? engine::volumes : List::of, wanted.volumes());
    Map<String, FutureTask<Optional<ImageView>>> images = new LinkedHashMap<>();
    for (String reference : wanted.images()) {
      images.computeIfAbsent(reference, key -> begin(() -> engine.image(key), true));
    }
    List<ContainerView> containers = new ArrayList<>();
    List<ContainerView> helpers = new ArrayList<>();
    find(project, containers, helpers);
    Map<String, NetworkView> networksByName = new LinkedHashMap<>();
    result(networks).forEach(network -> networksByName.put(network.name(), network));
    Map<String, VolumeView> volumesByName = new LinkedHashMap<>();
    result(volumes).forEach(volume -> volumesByName.put(volume.name(), volume));
    Map<String, ImageView> imagesByReference = new LinkedHashMap<>();
    images.forEach(
        (reference, task) ->
            result(task).ifPresent(image -> imagesByReference.put(reference, image)));
    return new ObservedState(
        project, containers, helpers, networksByName, volumesByName, imagesByReference, Map.of());
  }

  /**
   * The containers of a project, one-offs among them. A container without a configuration hash is
   * some helper's and none of ours (compose facts 3.8).
   */
  public List<ContainerView> containers(String project) {
    List<ContainerView> containers = new ArrayList<>();
    find(project, containers, new ArrayList<>());
    return containers;
  }

  private void find(String project, List<ContainerView> containers, List<ContainerView> helpers) {
    for (ContainerView container : engine.containers(List.of(Labels.PROJECT + "=" + project))) {
      if (container.labels().containsKey(Labels.CONFIG_HASH)) {
        containers.add(container);
      } else if (container.label(Labels.HOOK).equals(Labels.PRE_START)) {
        helpers.add(container);
      }
    }
    containers.sort((a, b) -> a.name().compareTo(b.name()));
    helpers.sort((a, b) -> a.name().compareTo(b.name()));
  }

  private <T> FutureTask<T> begin(Callable<T> call, boolean slow) {
    FutureTask<T> task = new FutureTask<>(call);
    if (serial || !slow) {
      task.run();
    } else {
      Thread.startVirtualThread(task);
    }
    return task;
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while looking");
    }
  }
}
