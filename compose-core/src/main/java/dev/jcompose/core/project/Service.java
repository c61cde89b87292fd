package dev.jcompose.core.project;

import dev.jcompose.core.project.build.Build;
import dev.jcompose.core.project.deploy.Deploy;
import dev.jcompose.core.project.deploy.WatchRule;
import dev.jcompose.core.project.limit.Isolation;
import dev.jcompose.core.project.limit.Limits;
import dev.jcompose.core.project.mount.Storage;
import dev.jcompose.core.project.network.Networking;
import dev.jcompose.core.project.process.Healthcheck;
import dev.jcompose.core.project.process.Hook;
import dev.jcompose.core.project.process.Logging;
import dev.jcompose.core.project.process.ModelBinding;
import dev.jcompose.core.project.process.ProcessSettings;
import dev.jcompose.core.project.process.Provider;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.project.process.RestartPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service, every attribute in canonical form.
 *
 * @param name key in {@code services}
 * @param containerName name of its only container; null for {@code <project>-<service>-<n>}
 * @param image image reference; null when only {@code build} or {@code provider} is given
 * @param build null when the image is only pulled
 * @param pullPolicy null when not given (pull what is missing)
 * @param platform {@code os[/arch[/variant]]}; null for the engine's
 * @param provider program that provides the service; null for containers
 * @param scale how many containers; 0 or more
 * @param profiles profiles that enable it; empty when it is always enabled
 * @param dependsOn services to start first, those implied by links and shared namespaces included
 * @param attach whether an attached {@code up} shows its output
 * @param labels labels of the containers given by the user, those of label files included
 * @param annotations annotations of the containers
 * @param process what runs
 * @param networking how it is reached
 * @param storage what it sees in its file system
 * @param isolation what separates it from the host
 * @param limits what it may use
 * @param healthcheck null for the image's
 * @param logging null for the engine's default
 * @param restart what the engine does when it ends, {@code deploy.restart_policy} taken in; null
 *     when not given
 * @param deploy null when not given
 * @param watch rules of {@code develop.watch}
 * @param hooks commands that run beside it
 * @param models models it uses, by key
 * @param configHash changes when the containers have to be made anew; leaves out what does not
 *     matter for them
 */
public record Service(
    String name,
    @Nullable String containerName,
    @Nullable String image,
    @Nullable Build build,
    @Nullable PullPolicy pullPolicy,
    @Nullable String platform,
    @Nullable Provider provider,
    int scale,
    List<String> profiles,
    Map<String, Dependency> dependsOn,
    boolean attach,
    Map<String, String> labels,
    Map<String, String> annotations,
    ProcessSettings process,
    Networking networking,
    Storage storage,
    Isolation isolation,
    Limits limits,
    @Nullable Healthcheck healthcheck,
    @Nullable Logging logging,
    @Nullable RestartPolicy restart,
    @Nullable Deploy deploy,
    List<WatchRule> watch,
    Hook.Hooks hooks,
    Map<String, ModelBinding> models,
    ConfigHash configHash) {

  /** Copies the collections, keeping their order. */
  public Service {
    profiles = List.copyOf(profiles);
    dependsOn = Collections.unmodifiableMap(new LinkedHashMap<>(dependsOn));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    watch = List.copyOf(watch);
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** A service with an image and nothing else; a start for tests and one-off runs. */
  public static Service of(String name, String image) {
    return new Service(
        name,
        null,
        image,
        null,
        null,
        null,
        null,
        1,
        List.of(),
        Map.of(),
        true,
        Map.of(),
        Map.of(),
        ProcessSettings.DEFAULT,
        Networking.NONE,
        Storage.NONE,
        Isolation.DEFAULT,
        Limits.NONE,
        null,
        null,
        null,
        null,
        List.of(),
        Hook.Hooks.NONE,
        Map.of(),
        ConfigHash.of(""));
  }

  /**
   * The image's reference: {@code image}, else the name that a build gives it.
   *
   * @param separator between project and service, "-" unless in compatibility mode
   */
  public String imageOrDefault(String project, String separator) {
    return image != null ? image : project + separator + name;
  }
}
