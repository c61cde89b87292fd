package dev.jcompose.engine.build.run;

import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.runtime.Mount;
import java.nio.file.Path;
import java.util.List;

/**
 * A command to run in a build.
 *
 * @param layers what is below, lowest first; none for {@code scratch}
 * @param arguments program and arguments
 * @param environment {@code NAME=value}, without the standard ones
 * @param workingDirectory absolute; made when it is missing
 * @param user {@code user[:group]}; empty for root
 * @param network name of a network, {@code host} or {@code none}
 * @param insecure whether it gets every capability, every device and no filter of system calls
 * @param mounts over the root, besides the standard ones
 * @param hostname of the container
 * @param extraHosts {@code name:address} for its hosts file; {@code host-gateway} is an address
 * @param shmBytes size of /dev/shm
 * @param ulimits process limits
 * @param limits what it may use
 */
public record RunSpec(
    List<Path> layers,
    List<String> arguments,
    List<String> environment,
    String workingDirectory,
    String user,
    String network,
    boolean insecure,
    List<Mount> mounts,
    String hostname,
    List<String> extraHosts,
    long shmBytes,
    List<HostResources.Ulimit> ulimits,
    Limits limits) {
  /** The host name BuildKit's containers have, too. */
  public static final String HOSTNAME = "buildkitsandbox";

  public RunSpec {
    layers = List.copyOf(layers);
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
    mounts = List.copyOf(mounts);
    extraHosts = List.copyOf(extraHosts);
    ulimits = List.copyOf(ulimits);
  }
}
