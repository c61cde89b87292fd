package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.HealthcheckSpec;
import dev.jcompose.core.port.spec.LogSpec;
import dev.jcompose.core.port.spec.ProcessSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import dev.jcompose.core.project.Dependency;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.deploy.Deploy;
import dev.jcompose.core.project.deploy.UpdateConfig;
import dev.jcompose.core.project.process.Healthcheck;
import dev.jcompose.core.project.process.Hook;
import dev.jcompose.core.project.process.Logging;
import dev.jcompose.core.project.process.ProcessSettings;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.project.process.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a service into the template of its containers. */
final class ServiceTranslator {
  private static final PullPolicy MISSING = new PullPolicy(PullPolicy.Kind.MISSING, null);

  private final Project project;
  private final String separator;
  private final Refusals refusals;
  private final NetworkingTranslator networking;
  private final StorageTranslator storage;
  private final LimitsTranslator limits;

  ServiceTranslator(Project project, String separator, Refusals refusals) {
    this.project = project;
    this.separator = separator;
    this.refusals = refusals;
    this.networking = new NetworkingTranslator(project, separator);
    this.storage = new StorageTranslator(project, refusals);
    this.limits = new LimitsTranslator(refusals);
  }

  DesiredService translate(Service service) {
    refuseWhatIsNotThere(service);
    StorageTranslator.Files files = storage.files(service);
    String hash = ContentHash.of(service.configHash().hex(), files.injected(), files.hashes());
    ImageNeed image =
        new ImageNeed(
            service.imageOrDefault(project.name(), separator),
            BuildTranslator.platform(project, service),
            Objects.requireNonNullElse(service.pullPolicy(), MISSING),
            service.pullPolicy() != null,
            BuildTranslator.spec(project, separator, service),
            service.image() != null);
    ContainerSpec template =
        new ContainerSpec(
            "",
            image.reference(),
            image.platform(),
            labels(service, hash, files),
            service.annotations(),
            process(service.process()),
            networking.translate(service),
            storage.translate(service, files.binds()),
            limits.isolation(service),
            limits.limits(service),
            healthcheck(service.healthcheck()),
            logging(service.logging()),
            restart(service.restart()),
            false);
    return new DesiredService(
        service.name(),
        service.scale(),
        service.containerName(),
        hash,
        template,
        image,
        dependencies(service),
        files.injected(),
        update(service),
        service.hooks().preStart().stream()
            .map(hook -> InitContainer.of(template, hook, project.environment()))
            .toList(),
        hooks("post_start", service.hooks().postStart()),
        hooks("pre_stop", service.hooks().preStop()));
  }

  private @Nullable UpdateConfig update(Service service) {
    Deploy deploy = service.deploy();
    UpdateConfig update = deploy == null ? null : deploy.update();
    if (update != null && update.onFailure() == UpdateConfig.FailureAction.UNKNOWN) {
      refusals.warn(
          "services." + service.name() + ".deploy.update_config.failure_action",
          "it is none of pause, continue and rollback, and taken as pause");
    }
    return update;
  }

  /** Without those that it can do without, and that no profile enables. */
  private Map<String, Dependency> dependencies(Service service) {
    Map<String, Dependency> enabled = new LinkedHashMap<>(service.dependsOn());
    enabled
        .entrySet()
        .removeIf(
            entry ->
                !entry.getValue().required() && !project.services().containsKey(entry.getKey()));
    return enabled;
  }

  private List<ExecHook> hooks(String name, List<Hook> hooks) {
    return hooks.stream().map(hook -> ExecHook.of(name, hook, project.environment())).toList();
  }

  private void refuseWhatIsNotThere(Service service) {
    String path = "services." + service.name();
    if (service.provider() != null) {
      refusals.refuse(
          path + ".provider",
          "services made by a provider program cannot be run yet",
          "give the service an image, or leave it out with a profile");
    }
    if (!service.models().isEmpty()) {
      refusals.refuse(
          path + ".models",
          "there is no model runner here",
          "remove models, or point the service at a model server with environment");
    }
  }

  private Map<String, String> labels(Service service, String hash, StorageTranslator.Files files) {
    Map<String, String> labels = new LinkedHashMap<>(service.labels());
    labels.put(Labels.PROJECT, project.name());
    labels.put(Labels.SERVICE, service.name());
    labels.put(Labels.VERSION, Labels.WRITER);
    labels.put(Labels.WORKING_DIRECTORY, project.workingDirectory().toString());
    labels.put(Labels.CONFIG_FILES, joined(project.files()));
    if (!project.envFiles().isEmpty()) {
      labels.put(Labels.ENVIRONMENT_FILES, joined(project.envFiles()));
    }
    labels.put(Labels.ONE_OFF, "False");
    labels.put(Labels.CONFIG_HASH, hash);
    String parts = service.configHash().parts();
    if (!parts.isEmpty()) {
      String contents = ContentHash.of("", files.injected(), files.hashes());
      labels.put(
          Labels.CONFIG_PARTS,
          contents.isEmpty()
              ? parts
              : parts + "," + Labels.CONTENTS + "=" + contents.substring(0, 8));
    }
    labels.put(Labels.DEPENDS_ON, DependsOnLabel.format(dependencies(service)));
    return labels;
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(","));
  }

  private static ProcessSpec process(ProcessSettings process) {
    Duration grace = process.stopGracePeriod();
    return new ProcessSpec(
        process.entrypoint(),
        process.command(),
        process.environment(),
        process.workingDirectory(),
        process.user(),
        process.tty(),
        process.stdinOpen(),
        process.stopSignal(),
        grace == null ? null : Math.toIntExact(grace.toSeconds()),
        process.init(),
        process.groupAdd(),
        false);
  }

  private static @Nullable HealthcheckSpec healthcheck(@Nullable Healthcheck check) {
    return check == null
        ? null
        : new HealthcheckSpec(
            check.disable() ? List.of("NONE") : check.test(),
            check.interval(),
            check.timeout(),
            check.startPeriod(),
            check.startInterval(),
            check.retries());
  }

  private static LogSpec logging(@Nullable Logging logging) {
    return logging == null ? LogSpec.DEFAULT : new LogSpec(logging.driver(), logging.options());
  }

  private static RestartSpec restart(@Nullable RestartPolicy policy) {
    return policy == null
        ? RestartSpec.NO
        : new RestartSpec(policy.kind().toString(), policy.maxAttempts());
  }
}
