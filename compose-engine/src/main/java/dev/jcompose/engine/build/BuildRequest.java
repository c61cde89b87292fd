package dev.jcompose.engine.build;

import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.cgroup.Limits;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be built. All paths are on this machine, and absolute unless they are in the context.
 *
 * @param title what progress lines call it, such as the service; empty for none
 * @param context where COPY copies from
 * @param dockerfile where the Dockerfile is
 * @param arguments build arguments
 * @param contexts further contexts by name: a folder, {@code docker-image://REFERENCE}, {@code
 *     oci-layout://FOLDER[:TAG][@DIGEST]}, a repository or a URL
 * @param target the stage to build; empty for the last
 * @param labels put on the image over those of the Dockerfile
 * @param tags names of the image
 * @param caching what is taken from caches and put into them
 * @param sandbox how RUN runs
 * @param secrets content by id
 * @param ssh sockets of agents by id
 * @param logins what registries are shown; nobody's for those of whoever started the engine
 * @param platform wanted; empty for this machine's
 * @param checkOnly whether the Dockerfile is only looked at, and what is found told as a warning
 */
public record BuildRequest(
    String title,
    ContextSource context,
    DockerfileSource dockerfile,
    Map<String, String> arguments,
    Map<String, String> contexts,
    String target,
    Map<String, String> labels,
    List<String> tags,
    Caching caching,
    SandboxOptions sandbox,
    Map<String, byte[]> secrets,
    Map<String, Path> ssh,
    Credentials logins,
    String platform,
    boolean checkOnly) {
  public BuildRequest {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    tags = List.copyOf(tags);
    secrets = Map.copyOf(secrets);
    ssh = Map.copyOf(ssh);
  }

  /** Where a Dockerfile is. */
  public sealed interface DockerfileSource {
    /**
     * A file.
     *
     * @param path absolute; when it is {@code Dockerfile} and not there, {@code dockerfile} is
     *     taken
     */
    record File(Path path) implements DockerfileSource {}

    /** The text itself. */
    record Inline(String text) implements DockerfileSource {}

    /**
     * A file of the context.
     *
     * @param path relative to its top
     */
    record InContext(String path) implements DockerfileSource {}
  }

  /**
   * What is taken from caches and put into them.
   *
   * @param none whether every step is run
   * @param noneFor stages of which every step is run
   * @param pull whether base images are asked for at their registries although they are here
   * @param from where steps are looked up besides this machine: {@code type=…,…}, or an image
   * @param to where steps are written to, likewise
   */
  public record Caching(
      boolean none, Set<String> noneFor, boolean pull, List<String> from, List<String> to) {
    /** The usual: what this machine has. */
    public static final Caching LOCAL = new Caching(false, Set.of(), false, List.of(), List.of());

    public Caching {
      noneFor = Set.copyOf(noneFor);
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    /** Whether every step of this stage is run. */
    public boolean noneFor(String stage, int index) {
      return none || noneFor.contains(stage) || noneFor.contains(Integer.toString(index));
    }
  }

  /**
   * How RUN runs.
   *
   * @param network {@code default}, {@code host}, {@code none} or the name of a network
   * @param extraHosts {@code name:address}
   * @param shmBytes size of /dev/shm; 0 for the usual
   * @param ulimits {@code name=soft[:hard]}
   * @param limits of memory and processors
   * @param privileged whether every RUN gets every capability
   * @param entitlements of {@code network.host}, {@code security.insecure} and {@code device}: what
   *     RUN instructions may ask for
   * @param keepFailed whether an image of the state before a command that fails is made
   */
  public record SandboxOptions(
      String network,
      List<String> extraHosts,
      long shmBytes,
      List<String> ulimits,
      Limits limits,
      boolean privileged,
      Set<String> entitlements,
      boolean keepFailed) {
    /** Nothing special. */
    public static final SandboxOptions DEFAULT =
        new SandboxOptions("default", List.of(), 0, List.of(), Limits.NONE, false, Set.of(), false);

    public SandboxOptions {
      extraHosts = List.copyOf(extraHosts);
      ulimits = List.copyOf(ulimits);
      entitlements = Set.copyOf(entitlements);
    }

    /** Whether RUN may ask for this. */
    public boolean allows(String entitlement) {
      return entitlements.contains(entitlement);
    }
  }

  /**
   * The folder of the context.
   *
   * @throws IllegalStateException while the context is not on this machine
   */
  public Path folder() {
    if (context instanceof ContextSource.Folder folder) {
      return folder.path();
    }
    throw new IllegalStateException("the context has to be got first");
  }

  /** The same with everything on this machine. */
  public BuildRequest at(
      Path folder, DockerfileSource newDockerfile, Map<String, String> newContexts) {
    return new BuildRequest(
        title,
        new ContextSource.Folder(folder),
        newDockerfile,
        arguments,
        newContexts,
        target,
        labels,
        tags,
        caching,
        sandbox,
        secrets,
        ssh,
        logins,
        platform,
        checkOnly);
  }

  /** What messages call the Dockerfile. */
  public String dockerfileName() {
    return switch (dockerfile) {
      case DockerfileSource.File file -> {
        Path name = file.path().getFileName();
        yield name == null ? "Dockerfile" : name.toString();
      }
      case DockerfileSource.Inline _ -> "Dockerfile";
      case DockerfileSource.InContext file -> file.path();
    };
  }

  /** The secret of an id; null when there is none. */
  public byte @Nullable [] secret(String id) {
    return secrets.get(id);
  }
}
