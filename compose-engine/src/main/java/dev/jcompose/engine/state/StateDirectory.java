package dev.jcompose.engine.state;

import java.nio.file.Path;

/**
 * All paths of one engine: the state root, which survives a reboot, and the run directory, which
 * need not. Nothing else in the engine knows where anything lies.
 *
 * @param root the state root, absolute
 * @param run the run directory, absolute
 */
public record StateDirectory(Path root, Path run) {
  /** Where state lives unless told otherwise. */
  public static final Path DEFAULT_ROOT = Path.of("/var/lib/jcompose");

  private static final Path DEFAULT_RUN = Path.of("/run/jcompose");

  public StateDirectory {
    root = root.toAbsolutePath().normalize();
    run = run.toAbsolutePath().normalize();
  }

  /** The directories of the engine that keeps its state under {@code root}. */
  public static StateDirectory of(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    return new StateDirectory(
        absolute, absolute.equals(DEFAULT_ROOT) ? DEFAULT_RUN : absolute.resolve("run"));
  }

  /** What tells this engine's kernel objects from another's. */
  public RootIdentity identity() {
    return RootIdentity.of(root);
  }

  public Path socket() {
    return run.resolve("engine.sock");
  }

  public Path pidFile() {
    return run.resolve("engine.pid");
  }

  public Path lockFile() {
    return run.resolve("engine.lock");
  }

  /** Holds the id of the boot in which an engine last ran here. */
  public Path bootMarker() {
    return run.resolve("boot");
  }

  public Path engineLog() {
    return root.resolve("engine.log");
  }

  /** The directory that holds one directory per container. */
  public Path containers() {
    return root.resolve("containers");
  }

  /** The paths of one container. */
  public ContainerPaths container(String id) {
    return new ContainerPaths(containers().resolve(id), run.resolve("containers").resolve(id));
  }

  /** The run-time directories of containers, one per container. */
  public Path containerRuns() {
    return run.resolve("containers");
  }

  public Path images() {
    return root.resolve("images");
  }

  /** Unpacked layers, one directory per chain id. */
  public Path layers() {
    return root.resolve("layers");
  }

  public Path volumes() {
    return root.resolve("volumes");
  }

  public Path networks() {
    return root.resolve("networks");
  }

  /** What builds remember: the records of steps, digests of files, directories of cache mounts. */
  public Path builds() {
    return root.resolve("build");
  }

  /** One directory per build step that runs. */
  public Path buildRuns() {
    return run.resolve("builds");
  }
}
