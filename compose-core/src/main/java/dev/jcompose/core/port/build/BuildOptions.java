package dev.jcompose.core.port.build;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the options of a command change about all builds.
 *
 * @param proxies build arguments where the file says nothing of them
 * @param args build arguments over those of the file
 * @param noCache whether every step is run
 * @param noCacheFor stages of which every step is run, besides those of the file
 * @param pull whether base images are asked for at their registries
 * @param ssh further agents, as {@link BuildSpec#ssh}
 * @param memoryBytes most memory of a RUN; 0 for what the file says
 * @param check whether Dockerfiles are only looked at
 * @param debug whether the state before a command that fails is kept
 */
public record BuildOptions(
    Map<String, String> proxies,
    Map<String, String> args,
    boolean noCache,
    List<String> noCacheFor,
    boolean pull,
    Map<String, String> ssh,
    long memoryBytes,
    boolean check,
    boolean debug) {
  /** Nothing is changed. */
  public static final BuildOptions NONE =
      new BuildOptions(Map.of(), Map.of(), false, List.of(), false, Map.of(), 0, false, false);

  public BuildOptions {
    proxies = Collections.unmodifiableMap(new LinkedHashMap<>(proxies));
    noCacheFor = List.copyOf(noCacheFor);
    args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    ssh = Collections.unmodifiableMap(new LinkedHashMap<>(ssh));
  }

  /** Nothing is changed but for build arguments where the file says nothing of them. */
  public static BuildOptions withProxies(Map<String, String> proxies) {
    return new BuildOptions(proxies, Map.of(), false, List.of(), false, Map.of(), 0, false, false);
  }
}
