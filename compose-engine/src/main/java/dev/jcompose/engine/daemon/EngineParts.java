package dev.jcompose.engine.daemon;

import dev.jcompose.engine.build.Builds;
import dev.jcompose.engine.build.cache.BuildCache;
import dev.jcompose.engine.build.run.Sandbox;
import dev.jcompose.engine.build.solve.ImageBuilds;
import dev.jcompose.engine.cgroup.CgroupLayout;
import dev.jcompose.engine.cgroup.Cgroups;
import dev.jcompose.engine.cgroup.ParentGroup;
import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.access.LifeFiles;
import dev.jcompose.engine.container.access.LifeStreams;
import dev.jcompose.engine.container.commit.ContainerCommits;
import dev.jcompose.engine.container.exec.ExecTable;
import dev.jcompose.engine.container.files.ContainerArchive;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.insight.LifeInsight;
import dev.jcompose.engine.container.life.Adoption;
import dev.jcompose.engine.container.life.ContainerLife;
import dev.jcompose.engine.container.life.Probes;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.library.ImageLibrary;
import dev.jcompose.engine.image.library.StoreLimit;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.linux.EventThread;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.ProcFile;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.linux.jna.JnaKernel;
import dev.jcompose.engine.linux.jna.JnaNetlinkSockets;
import dev.jcompose.engine.network.EngineNetworks;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.other.RuntimeChoice;
import dev.jcompose.engine.runtime.process.ProgramRuntime;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.volume.VolumeFill;
import dev.jcompose.engine.volume.VolumeStore;
import dev.jcompose.engine.volume.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** Makes the parts of an engine and joins them; ends them in reverse order. */
final class EngineParts implements AutoCloseable {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  final KernelEvents kernelEvents;
  final Networks networks;
  final ImageLibrary images;
  final Builds builds;
  final Volumes volumes;
  final ContainerLife containers;
  final LifeStreams streams;
  final LifeInsight insight;
  final ExecTable execs;
  final ContainerArchive files;
  final Commits commits;

  private final ParentGroup cgroupParent;

  private EngineParts(
      StateDirectory state,
      EventBus events,
      ExecutorService executor,
      Clock clock,
      CompletableFuture<ImageLibrary> imagesReady,
      ImageGrowth growth)
      throws IOException {
    Kernel kernel = new JnaKernel();
    // Before anything of a container can run: it must not read this process's memory.
    kernel.makeUndumpable();
    this.kernelEvents = new EventThread(kernel);
    Cgroups cgroups = new Cgroups(kernel, CgroupLayout.ofHost());
    this.cgroupParent = new ParentGroup(cgroups, state.identity().cgroupParent());
    ContainerRuntime runtime =
        new RuntimeChoice(new ProgramRuntime(kernel, kernelEvents, cgroups), cgroups, kernel);
    this.networks = EngineNetworks.open(state, kernel, kernelEvents, new JnaNetlinkSockets());
    ContainerTable table = new ContainerTable();
    this.volumes = new VolumeStore(state, events, clock, table::usersOfVolume);
    ImageLibrary library = imagesReady.join();
    this.images = library;
    Surroundings around =
        new Surroundings(
            state,
            clock,
            kernel,
            kernelEvents,
            runtime,
            networks,
            images,
            volumes,
            new VolumeFill(kernel),
            events,
            executor);
    FileCalls fileCalls = new JnaFileCalls();
    this.builds =
        ImageBuilds.open(
            state,
            clock,
            fileCalls,
            library.store(),
            new BuildBases(library, library.archives(), library.transfers()),
            new Sandbox(state, kernel, kernelEvents, fileCalls, runtime, networks, executor),
            growth::look);
    this.streams = new LifeStreams(around, table);
    this.insight = new LifeInsight(around, table);
    this.files = new ContainerArchive(new LifeFiles(around, table), kernel, fileCalls);
    this.execs = new ExecTable(streams, runtime, kernel, kernelEvents, executor, clock);
    this.containers = ContainerLife.of(around, table, probes(execs));
    this.commits =
        new ContainerCommits(
            containers,
            files,
            state,
            images.store(),
            new LayerMaker(images.store().layers(), new JnaFileCalls()),
            events);
  }

  /** Makes everything, then takes over what an earlier engine left. */
  static EngineParts open(
      StateDirectory state,
      StorageLimits limits,
      EventBus events,
      ExecutorService executor,
      Clock clock)
      throws IOException {
    ImageGrowth growth = new ImageGrowth(executor);
    CompletableFuture<ImageLibrary> images =
        CompletableFuture.supplyAsync(() -> openImages(state, events, growth), executor);
    EngineParts parts = new EngineParts(state, events, executor, clock, images, growth);
    Adoption adoption = parts.containers.adoption();
    adoption.load();
    adoption.takeOver();
    // After it is known whose process is still there, before any container is started again.
    parts.cgroupParent.clear(
        parts.containers.list().stream()
            .filter(container -> container.state().hasProcess())
            .map(ContainerRecord::id)
            .collect(Collectors.toSet()));
    adoption.finish();
    adoption.startAgain(isFirstSinceBoot(state));
    // Only now is it known which images containers use.
    ImageStore store = parts.images.store();
    BuildCache cache = parts.builds.cache();
    growth.watch(
        new StoreLimit(store, parts.containers::usersOfImage, cache::free, limits.images()),
        store,
        cache,
        limits.buildCache());
    return parts;
  }

  private static ImageLibrary openImages(
      StateDirectory state, EventBus events, ImageGrowth growth) {
    try {
      return ImageLibrary.open(
          state,
          new JnaFileCalls(),
          event -> {
            tell(events, event);
            growth.happened(event);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("could not open the images: " + e.getMessage(), e);
    }
  }

  private static void tell(EventBus events, ImageEvent event) {
    events.publish(
        Event.Type.IMAGE, event.action().wireName(), event.imageId(), Map.of("name", event.name()));
  }

  private static Probes probes(ExecTable execs) {
    return new Probes() {
      @Override
      public Health.Probe probe(String containerId, List<String> command, Duration timeout)
          throws InterruptedException {
        return execs.probe(containerId, command, timeout);
      }

      @Override
      public void containerEnded(String containerId) {
        execs.containerEnded(containerId);
      }
    };
  }

  private static boolean isFirstSinceBoot(StateDirectory state) throws IOException {
    String now = ProcFile.read(BOOT_ID);
    boolean same =
        Files.exists(state.bootMarker()) && Files.readString(state.bootMarker()).equals(now);
    if (!same) {
      Files.writeString(state.bootMarker(), now);
    }
    return !same;
  }

  @Override
  public void close() {
    containers.close();
    networks.close();
    kernelEvents.close();
    cgroupParent.removeIfEmpty();
  }
}
