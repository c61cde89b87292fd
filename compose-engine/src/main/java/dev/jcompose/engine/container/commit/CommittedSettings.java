package dev.jcompose.engine.container.commit;

import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.ImageConfig;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a container was asked for, as its image would ask for it. */
final class CommittedSettings {
  private CommittedSettings() {}

  /**
   * The settings of an image.
   *
   * @param spec a container's, with its image's settings merged in
   * @param triggers of the image, which a container does not have
   */
  static ImageConfig of(ContainerSpec spec, List<String> triggers) {
    ProcessSettings process = spec.process();
    return new ImageConfig(
        process.user(),
        Set.copyOf(spec.network().exposed()),
        process.environment(),
        Objects.requireNonNullElse(process.entrypoint(), List.of()),
        Objects.requireNonNullElse(process.command(), List.of()),
        Set.copyOf(spec.volumes()),
        process.workingDirectory(),
        spec.labels(),
        process.stopSignal(),
        healthcheck(spec.healthcheck()),
        process.shell(),
        triggers);
  }

  private static ImageConfig.@Nullable Healthcheck healthcheck(@Nullable Healthcheck check) {
    return check == null
        ? null
        : new ImageConfig.Healthcheck(
            check.test(),
            check.interval(),
            check.timeout(),
            check.startPeriod(),
            check.startInterval(),
            check.retries());
  }
}
