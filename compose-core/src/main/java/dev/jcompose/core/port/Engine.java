package dev.jcompose.core.port;

import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.NetworkSpec;
import dev.jcompose.core.port.spec.VolumeSpec;
import dev.jcompose.core.port.stream.AttachRequest;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.core.port.stream.EventRequest;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.NextExit;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.port.stream.Session;
import dev.jcompose.core.port.stream.UsageReader;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.PathView;
import dev.jcompose.core.port.view.ProcessTable;
import dev.jcompose.core.port.view.VolumeView;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine as core sees it. Every call blocks, is safe to make from many (virtual)
 * threads at once, ends early when its thread is interrupted, and throws {@link EngineException}
 * when the engine refuses or fails. Wherever a container is named, its id or its name will do.
 */
public interface Engine extends AutoCloseable {

  // ---- reading

  /** Every container that has all these labels ({@code key} or {@code key=value}), any state. */
  List<ContainerView> containers(List<String> labels);

  /** One container, or empty when there is none of that id or name. */
  Optional<ContainerView> container(String idOrName);

  /** Whether there is such a container and it runs. */
  default boolean isUp(String idOrName) {
    return container(idOrName).map(container -> container.status().up()).orElse(false);
  }

  /** All networks of the engine. */
  List<NetworkView> networks();

  /** All named and anonymous volumes of the engine. */
  List<VolumeView> volumes();

  /** The image a reference or id stands for, or empty when it is not there. Never pulls. */
  Optional<ImageView> image(String reference);

  /** Whether containers can have images mounted, which Docker's can from API 1.48 on. */
  boolean mountsImages();

  // ---- containers

  /**
   * Creates a container and returns its id. Nothing runs yet.
   *
   * @param warnings takes what the engine accepts without effect, a sentence each
   */
  String createContainer(ContainerSpec spec, Consumer<String> warnings);

  /** Starts a container; one that runs already is left alone. */
  void startContainer(String container);

  /**
   * Stops a container; one that does not run is left alone. Returns when its process is gone.
   *
   * @param timeout how long to wait before it is killed, null for the container's own timeout
   */
  void stopContainer(String container, @Nullable Duration timeout);

  /** Restarts a container, {@code timeout} as in {@link #stopContainer}. */
  void restartContainer(String container, @Nullable Duration timeout);

  /** Sends a signal ("SIGTERM", "TERM" or "15") to the main process of a running container. */
  void killContainer(String container, String signal);

  void pauseContainer(String container);

  void unpauseContainer(String container);

  /** What of a container can be changed, as it is now. */
  Adjustable adjustable(String container);

  /** Changes limits and the restart policy of a container, running or not. */
  void updateContainer(String container, Adjustable wanted);

  void renameContainer(String container, String newName);

  /**
   * Removes a container.
   *
   * @param force also when it runs: it is killed first
   * @param anonymousVolumes also the volumes nobody gave a name
   */
  void removeContainer(String container, boolean force, boolean anonymousVolumes);

  /**
   * Unpacks a tar archive at a directory of a container, running or not.
   *
   * @param ownedByUser whether all of it then belongs to the container's user; else the archive's
   *     owners count
   */
  void putArchive(String container, String directory, InputStream tar, boolean ownedByUser);

  /**
   * Packs a file or directory of a container into a tar archive whose members begin with its name;
   * of {@code path/.} the content alone. The caller closes the stream.
   */
  InputStream getArchive(String container, String path);

  /** What is at a path of a container, a symbolic link as such; empty when nothing is. */
  Optional<PathView> path(String container, String path);

  /** Registers for the end of a container's next run, which the engine then cannot fail to tell. */
  NextExit nextExit(String container);

  /** Waits until the container does not run (at once if so already) and returns its exit code. */
  int awaitExit(String container);

  /**
   * Waits until a container is healthy, unhealthy, or does not run any more, and returns it as it
   * is then. A container without a healthcheck is returned at once, or when the engine has started
   * it again if it is between two runs.
   */
  ContainerView awaitHealth(String container);

  /**
   * What a container uses: a measurement a second while it runs, or a single one.
   *
   * @param live whether measurements go on until the reader is closed
   */
  UsageReader usage(String container, boolean live);

  /** The processes of a running container. */
  ProcessTable top(String container);

  // ---- networks, volumes, images

  /** Creates a network and returns its id. */
  String createNetwork(NetworkSpec spec);

  void removeNetwork(String idOrName);

  void connectNetwork(String container, EndpointSpec endpoint);

  void disconnectNetwork(String container, String network);

  void createVolume(VolumeSpec spec);

  void removeVolume(String name);

  /**
   * Pulls an image.
   *
   * @param progress is told one line of text at a time
   */
  void pullImage(String reference, @Nullable String platform, Consumer<String> progress);

  /**
   * Pushes an image under its name.
   *
   * @param progress is told one line of text at a time
   */
  void pushImage(String reference, Consumer<String> progress);

  void removeImage(String reference);

  /**
   * Builds an image and gives it its names.
   *
   * @return its id
   * @throws EngineException FAILED with a sentence and the lines of the Dockerfile it is about;
   *     UNSUPPORTED, before anything has happened, when the engine's builder lacks what is asked
   *     for
   */
  String buildImage(BuildSpec spec, BuildListener listener);

  // ---- streams

  /** The log of a container; ends with the log, or never when it is followed and runs on. */
  OutputReader logs(String container, LogRequest request);

  /** Events from now on (or since the time asked for) until the reader is closed. */
  EventReader events(EventRequest request);

  /** Runs one more process in a running container. */
  ExecSession exec(String container, ExecRequest request);

  /** Attaches to the main process of a container, before or after its start. */
  Session attach(String container, AttachRequest request);

  @Override
  void close();
}
