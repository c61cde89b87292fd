package dev.jcompose.core.project.build;

import dev.jcompose.core.project.limit.Ulimit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an image is built. Null means the builder's default.
 *
 * @param context absolute path, or a remote reference
 * @param dockerfile path inside the context; null when {@code dockerfileInline} is given
 * @param dockerfileInline the Dockerfile itself
 * @param args build arguments; those without a value anywhere are left out
 * @param ssh SSH keys or agents by id; a null value means the default agent
 * @param labels labels of the image
 * @param cacheFrom where cache comes from
 * @param cacheTo where cache goes to
 * @param noCache whether nothing is taken from the cache
 * @param noCacheFilter stages for which nothing is taken from the cache
 * @param additionalContexts further contexts by name
 * @param network network mode of RUN
 * @param pull whether base images are pulled anew
 * @param target stage to build
 * @param shmSize bytes of {@code /dev/shm}
 * @param extraHosts addresses by host name
 * @param isolation technology (Windows)
 * @param privileged whether RUN gets every capability
 * @param secrets secrets for RUN
 * @param tags further tags
 * @param ulimits process limits of RUN
 * @param platforms platforms to build for
 * @param entitlements what RUN may ask for
 * @param provenance attestation
 * @param sbom attestation
 */
public record Build(
    String context,
    @Nullable String dockerfile,
    @Nullable String dockerfileInline,
    Map<String, String> args,
    Map<String, @Nullable String> ssh,
    Map<String, String> labels,
    List<String> cacheFrom,
    List<String> cacheTo,
    boolean noCache,
    List<String> noCacheFilter,
    Map<String, String> additionalContexts,
    @Nullable String network,
    boolean pull,
    @Nullable String target,
    @Nullable Long shmSize,
    Map<String, List<String>> extraHosts,
    @Nullable String isolation,
    boolean privileged,
    List<BuildSecret> secrets,
    List<String> tags,
    Map<String, Ulimit> ulimits,
    List<String> platforms,
    List<String> entitlements,
    @Nullable String provenance,
    @Nullable String sbom) {
  /**
   * The service whose image a further context is: {@code service:NAME}, or {@code target:NAME}, as
   * bake files have it.
   *
   * @return null for every other context
   */
  public static @Nullable String serviceOf(String additionalContext) {
    for (String scheme : List.of("service:", "target:")) {
      if (additionalContext.startsWith(scheme)) {
        return additionalContext.substring(scheme.length());
      }
    }
    return null;
  }

  /** Copies the collections. */
  public Build {
    args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    if (dockerfile != null && dockerfile.isEmpty()) {
      // An empty name is none.
      dockerfile = dockerfileInline == null ? "Dockerfile" : null;
    }
    ssh = Collections.unmodifiableMap(new LinkedHashMap<>(ssh));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    cacheFrom = List.copyOf(cacheFrom);
    cacheTo = List.copyOf(cacheTo);
    noCacheFilter = List.copyOf(noCacheFilter);
    additionalContexts = Collections.unmodifiableMap(new LinkedHashMap<>(additionalContexts));
    extraHosts = Collections.unmodifiableMap(new LinkedHashMap<>(extraHosts));
    secrets = List.copyOf(secrets);
    tags = List.copyOf(tags);
    ulimits = Collections.unmodifiableMap(new LinkedHashMap<>(ulimits));
    platforms = List.copyOf(platforms);
    entitlements = List.copyOf(entitlements);
  }

  /**
   * A secret that RUN instructions may mount.
   *
   * @param source key in the project's secrets
   * @param target id, or path in the build container; null for the source's name
   * @param uid numeric owner; null for 0
   * @param gid numeric group; null for 0
   * @param mode permission bits; null for the default
   */
  public record BuildSecret(
      String source,
      @Nullable String target,
      @Nullable String uid,
      @Nullable String gid,
      @Nullable Integer mode) {}
}
