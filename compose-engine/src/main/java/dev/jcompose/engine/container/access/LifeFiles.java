package dev.jcompose.engine.container.access;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.files.ContainerArchive;
import dev.jcompose.engine.container.launch.ImageTree;
import dev.jcompose.engine.container.launch.LaunchPlan;
import dev.jcompose.engine.container.launch.LayeredFiles;
import dev.jcompose.engine.container.launch.UserLookup;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.runtime.Identity;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The containers of a table, for copying files out of them and into them. */
public final class LifeFiles implements ContainerArchive.Host {
  private final Surroundings around;
  private final ContainerTable table;

  public LifeFiles(Surroundings around, ContainerTable table) {
    this.around = around;
    this.table = table;
  }

  @Override
  public <T> T use(String reference, Work<T> work) throws IOException {
    LiveContainer live = table.find(reference);
    live.lock().lock();
    boolean locked = true;
    try {
      ContainerRecord container = live.container();
      if (live.removing()) {
        throw new EngineException.Conflict(
            "container " + container.name() + " is marked for removal");
      }
      Run run = live.run();
      if (run == null) {
        return work.with(
            container, live.paths(), image(container).layerDirectories(), OptionalInt.empty());
      }
      int pid = run.launched().pid();
      live.lock().unlock();
      locked = false;
      return work.with(
          container, live.paths(), image(container).layerDirectories(), OptionalInt.of(pid));
    } finally {
      if (locked) {
        live.lock().unlock();
      }
    }
  }

  @Override
  public Layers layers(String reference) {
    LiveContainer live = table.find(reference);
    return new Layers(live.paths(), image(live.container()));
  }

  @Override
  public Map<String, ImageTree> imageTrees(ContainerRecord container) {
    return ImageTree.byTarget(container, around.state().container(container.id()), around.images());
  }

  @Override
  public void tell(String reference, String action) {
    table.find(reference).tell(action);
  }

  private Image image(ContainerRecord container) {
    try {
      return around.images().resolve(container.imageId());
    } catch (ImageException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Optional<Identity> user(ContainerRecord container) {
    String user = container.spec().process().user();
    if (user.isEmpty()) {
      return Optional.empty();
    }
    var files =
        new LayeredFiles(
            LaunchPlan.topFirst(around.state().container(container.id()), image(container)));
    return Optional.of(
        new UserLookup(files).identity(user, container.spec().process().additionalGroups()));
  }
}
