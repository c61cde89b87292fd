package dev.jcompose.engine.state;

import java.nio.file.Path;

/**
 * The files and directories of one container.
 *
 * @param directory what survives a reboot: record, log, writable layer, files bound into /etc
 * @param run what need not: the FIFOs
 */
public record ContainerPaths(Path directory, Path run) {
  public Path record() {
    return directory.resolve("state.json");
  }

  /** What {@link #record} is read and written with. */
  public RecordFile recordFile() {
    return new RecordFile(record());
  }

  /** Marks a container whose removal has begun. */
  public Path removal() {
    return directory.resolve("removal");
  }

  public Path hostname() {
    return directory.resolve("hostname");
  }

  public Path hosts() {
    return directory.resolve("hosts");
  }

  public Path resolvConf() {
    return directory.resolve("resolv.conf");
  }

  /** The newest log file; older ones have {@code .1}, {@code .2}… appended. */
  public Path log() {
    return directory.resolve("json.log");
  }

  /** The writable layer. */
  public Path upper() {
    return directory.resolve("upper");
  }

  /** Overlay's work directory, on the same file system as {@link #upper}. */
  public Path work() {
    return directory.resolve("work");
  }

  /** The mount point of the container's root, used only inside its own mount namespace. */
  public Path merged() {
    return directory.resolve("merged");
  }

  /** The mount point of an image that the container mounts, by its number from 0; used likewise. */
  public Path imageMount(int number) {
    return directory.resolve("images").resolve(Integer.toString(number));
  }

  /** What stands for /dev/shm when other containers may share it. */
  public Path sharedMemory() {
    return run.resolve("shm");
  }

  /** Where the keeper writes how the container's process ended. */
  public Path exitRecord() {
    return run.resolve("exit");
  }

  public Path stdin() {
    return run.resolve("stdin");
  }

  public Path stdout() {
    return run.resolve("stdout");
  }

  public Path stderr() {
    return run.resolve("stderr");
  }
}
