package dev.jcompose.core.port.build;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image to build. Paths are absolute and on this machine.
 *
 * @param service whose image it is; progress lines carry its name
 * @param context a folder, or the URL of a repository or an archive
 * @param dockerfile path of the Dockerfile, in the context when it is relative; null when the text
 *     is given
 * @param inline the Dockerfile itself; null when it is a file
 * @param args build arguments
 * @param contexts further contexts by name: folders, {@code docker-image://…}, {@code
 *     oci-layout://…} and URLs
 * @param needs services whose images are among the contexts: they are built first
 * @param target stage to build; null for the last
 * @param labels of the image
 * @param tags names of the image, the service's own first
 * @param caching what is taken from caches and put into them
 * @param sandbox how RUN runs
 * @param secrets by id
 * @param ssh agents by id: the path of a socket; an empty one is the user's own agent
 * @param platform null for this machine's
 * @param checkOnly whether the Dockerfile is only looked at
 */
public record BuildSpec(
    String service,
    String context,
    @Nullable String dockerfile,
    @Nullable String inline,
    Map<String, String> args,
    Map<String, String> contexts,
    List<String> needs,
    @Nullable String target,
    Map<String, String> labels,
    List<String> tags,
    Caching caching,
    Sandbox sandbox,
    Map<String, Secret> secrets,
    Map<String, String> ssh,
    @Nullable String platform,
    boolean checkOnly) {
  public BuildSpec {
    args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
    needs = List.copyOf(needs);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    tags = List.copyOf(tags);
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    ssh = Collections.unmodifiableMap(new LinkedHashMap<>(ssh));
  }

  /**
   * What is taken from caches and put into them.
   *
   * @param none whether every step is run
   * @param noneFor stages of which every step is run
   * @param pull whether base images are asked for at their registries
   * @param from where steps are looked up besides the engine's own cache
   * @param to where steps are written to
   */
  public record Caching(
      boolean none, List<String> noneFor, boolean pull, List<String> from, List<String> to) {
    public Caching {
      noneFor = List.copyOf(noneFor);
      from = List.copyOf(from);
      to = List.copyOf(to);
    }
  }

  /**
   * How RUN runs.
   *
   * @param network null for the usual one
   * @param extraHosts {@code name=address}
   * @param shmBytes of /dev/shm; 0 for the usual
   * @param ulimits {@code name=soft:hard}
   * @param memoryBytes most memory; 0 for no bound
   * @param privileged whether every RUN gets every capability
   * @param entitlements what RUN may ask for
   * @param keepFailed whether the state before a command that fails is kept, to be looked at
   */
  public record Sandbox(
      @Nullable String network,
      List<String> extraHosts,
      long shmBytes,
      List<String> ulimits,
      long memoryBytes,
      boolean privileged,
      List<String> entitlements,
      boolean keepFailed) {
    public Sandbox {
      extraHosts = List.copyOf(extraHosts);
      ulimits = List.copyOf(ulimits);
      entitlements = List.copyOf(entitlements);
    }
  }

  /** Where a secret's content is. */
  public sealed interface Secret {
    /** In a file. */
    record File(String path) implements Secret {}

    /** Here. */
    record Content(String text) implements Secret {
      /** The content is no one's business. */
      @Override
      public String toString() {
        return "Content[…]";
      }
    }
  }

  /** The name of the image. */
  public String image() {
    return tags.getFirst();
  }

  /** The same with what the options of one command change. */
  public BuildSpec with(BuildOptions options) {
    Map<String, String> allArgs = new LinkedHashMap<>(options.proxies());
    allArgs.putAll(args);
    allArgs.putAll(options.args());
    List<String> noneFor = new ArrayList<>(caching.noneFor);
    noneFor.addAll(options.noCacheFor());
    Map<String, String> agents = new LinkedHashMap<>(ssh);
    agents.putAll(options.ssh());
    return new BuildSpec(
        service,
        context,
        dockerfile,
        inline,
        allArgs,
        contexts,
        needs,
        target,
        labels,
        tags,
        new Caching(
            caching.none || options.noCache(),
            noneFor,
            caching.pull || options.pull(),
            caching.from,
            caching.to),
        new Sandbox(
            sandbox.network,
            sandbox.extraHosts,
            sandbox.shmBytes,
            sandbox.ulimits,
            options.memoryBytes() > 0 ? options.memoryBytes() : sandbox.memoryBytes,
            sandbox.privileged,
            sandbox.entitlements,
            options.debug()),
        secrets,
        agents,
        platform,
        checkOnly || options.check());
  }
}
