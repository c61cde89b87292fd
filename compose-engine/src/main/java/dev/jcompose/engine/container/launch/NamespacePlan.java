package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.Namespaces.Namespace;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whose namespaces a container uses, and what comes along with them. */
public final class NamespacePlan {
  private static final String CONTAINER = "container:";

  private final ContainerRecord container;
  private final Function<String, ContainerRecord> containers;
  private final StateDirectory state;

  public NamespacePlan(
      ContainerRecord container,
      Function<String, ContainerRecord> containers,
      StateDirectory state) {
    this.container = container;
    this.containers = containers;
    this.state = state;
  }

  Namespaces namespaces() {
    Isolation.NamespaceModes modes = container.spec().isolation().namespaces();
    return new Namespaces(
        of("network", container.spec().network().mode(), "net"),
        of("pid", modes.pid(), "pid"),
        of("ipc", modes.ipc(), "ipc"),
        of("uts", modes.uts(), "uts"),
        cgroup(modes.cgroup()));
  }

  private Namespace of(String what, String mode, String file) {
    if (mode.equals("host")) {
      return new Namespace.Host();
    }
    if (mode.startsWith(CONTAINER)) {
      return new Namespace.Join(
          Path.of("/proc", Integer.toString(running(what, mode).state().pid()), "ns", file));
    }
    return new Namespace.Own();
  }

  // Docker's default: of its own where control groups are of version 2, else the host's.
  private static Namespace cgroup(String mode) {
    boolean version2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    boolean own = mode.equals("private") || (mode.isEmpty() && version2);
    return own ? new Namespace.Own() : new Namespace.Host();
  }

  private ContainerRecord running(String what, String mode) {
    ContainerRecord other = containers.apply(mode.substring(CONTAINER.length()));
    if (!other.state().hasProcess()) {
      throw new EngineException.Conflict(
          "cannot join " + what + " of a non running container: " + other.name());
    }
    return other;
  }

  /** Whether the container has a network namespace nobody else brought. */
  public boolean ownNetwork() {
    String mode = container.spec().network().mode();
    return !mode.equals("host") && !mode.startsWith(CONTAINER);
  }

  /** The container whose network is shared; null when it has one of its own or the host's. */
  public @Nullable ContainerRecord networkOf() {
    String mode = container.spec().network().mode();
    return mode.startsWith(CONTAINER) ? running("network", mode) : null;
  }

  /** Whose host name, hosts and resolv.conf are shown: they belong to the network. */
  ContainerRecord named() {
    ContainerRecord other = networkOf();
    return other == null ? container : other;
  }

  /** Where the files shown in /etc are. */
  ContainerPaths etcFiles() {
    return state.container(named().id());
  }

  /** The directory shown as /dev/shm when IPC is shared; null for a private one. */
  @Nullable Path sharedMemory() {
    String mode = container.spec().isolation().namespaces().ipc();
    if (mode.equals("host")) {
      return Path.of("/dev/shm");
    }
    if (mode.equals("shareable")) {
      return state.container(container.id()).sharedMemory();
    }
    if (mode.startsWith(CONTAINER)) {
      ContainerRecord other = running("IPC", mode);
      String theirs = other.spec().isolation().namespaces().ipc();
      if (!theirs.equals("shareable")) {
        throw new EngineException.Conflict(
            "can't join IPC of container "
                + other.name()
                + ": its IPC is not shareable; start it with ipc mode shareable");
      }
      return state.container(other.id()).sharedMemory();
    }
    return null;
  }
}
