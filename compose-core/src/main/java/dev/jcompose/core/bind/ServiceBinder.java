package dev.jcompose.core.bind;

import dev.jcompose.core.project.ConfigHash;
import dev.jcompose.core.project.Dependency;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.deploy.Deploy;
import dev.jcompose.core.project.deploy.UpdateConfig;
import dev.jcompose.core.project.deploy.WatchRule;
import dev.jcompose.core.project.process.Healthcheck;
import dev.jcompose.core.project.process.Hook;
import dev.jcompose.core.project.process.Logging;
import dev.jcompose.core.project.process.ModelBinding;
import dev.jcompose.core.project.process.ProcessSettings;
import dev.jcompose.core.project.process.Provider;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.project.process.RestartPolicy;
import dev.jcompose.core.render.Hashes;
import dev.jcompose.core.yaml.YamlMap;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the record of a service. */
final class ServiceBinder {
  private final Path base;

  ServiceBinder(Path base) {
    this.base = base;
  }

  Service bind(String name, YamlMap node) {
    Fields fields = new Fields(node);
    Fields deploy = fields.below("deploy");
    return new Service(
        name,
        fields.text("container_name"),
        fields.text("image"),
        BuildBinder.bind(fields),
        pullPolicy(fields),
        fields.text("platform"),
        provider(fields),
        scale(fields, deploy),
        fields.texts("profiles"),
        dependencies(fields.below("depends_on")),
        !Boolean.FALSE.equals(fields.flagOrNull("attach")),
        fields.strings("labels"),
        fields.strings("annotations"),
        process(fields),
        NetworkingBinder.bind(fields),
        StorageBinder.bind(fields),
        LimitsBinder.isolation(fields, base),
        LimitsBinder.limits(fields, deploy),
        healthcheck(fields),
        logging(fields),
        restart(fields, deploy),
        fields.has("deploy")
            ? new Deploy(
                deploy.text("mode"),
                deploy.text("endpoint_mode"),
                deploy.strings("labels"),
                deploy.has("update_config") ? update(deploy.below("update_config")) : null)
            : null,
        watch(fields.below("develop")),
        new Hook.Hooks(
            hooks(fields.items("pre_start")),
            hooks(fields.items("post_start")),
            hooks(fields.items("pre_stop"))),
        models(fields.below("models")),
        ConfigHash.lazy(() -> Hashes.ofService(node), () -> Hashes.partsOfService(node)));
  }

  private static @Nullable PullPolicy pullPolicy(Fields fields) {
    String text = fields.text("pull_policy");
    if (text == null) {
      return null;
    }
    String after = fields.text("pull_refresh_after");
    return text.equals("refresh") && after != null
        ? PullPolicy.parse("every_" + after)
        : PullPolicy.parse(text);
  }

  private static @Nullable Provider provider(Fields fields) {
    Fields provider = fields.below("provider");
    String type = provider.text("type");
    return type == null ? null : new Provider(type, provider.lists("options"));
  }

  private static int scale(Fields fields, Fields deploy) {
    Integer scale = fields.integer("scale");
    if (scale == null) {
      scale = deploy.integer("replicas");
    }
    return scale == null ? 1 : scale;
  }

  private static Map<String, Dependency> dependencies(Fields fields) {
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    for (String name : fields.keys()) {
      Fields one = fields.below(name);
      dependencies.put(
          name,
          new Dependency(
              Dependency.Condition.of(one.text("condition", "service_started")),
              one.flag("restart"),
              !Boolean.FALSE.equals(one.flagOrNull("required"))));
    }
    return dependencies;
  }

  private static ProcessSettings process(Fields fields) {
    return new ProcessSettings(
        fields.textsOrNull("command"),
        fields.textsOrNull("entrypoint"),
        fields.variables("environment"),
        fields.text("working_dir"),
        fields.text("user"),
        fields.texts("group_add"),
        fields.flag("tty"),
        fields.flag("stdin_open"),
        fields.flagOrNull("init"),
        fields.text("stop_signal"),
        fields.duration("stop_grace_period"));
  }

  private static @Nullable Healthcheck healthcheck(Fields service) {
    if (!service.has("healthcheck")) {
      return null;
    }
    Fields fields = service.below("healthcheck");
    boolean disable = fields.flag("disable");
    return new Healthcheck(
        disable ? List.of("NONE") : fields.texts("test"),
        fields.duration("interval"),
        fields.duration("timeout"),
        fields.integer("retries"),
        fields.duration("start_period"),
        fields.duration("start_interval"),
        disable);
  }

  private static @Nullable Logging logging(Fields service) {
    if (!service.has("logging")) {
      return null;
    }
    Fields fields = service.below("logging");
    return new Logging(fields.text("driver"), fields.strings("options"));
  }

  private static @Nullable RestartPolicy restart(Fields fields, Fields deploy) {
    Fields policy = deploy.below("restart_policy");
    if (!policy.isEmpty()) {
      Integer attempts = policy.integer("max_attempts");
      return switch (policy.text("condition", "any")) {
        case "none", "no" -> RestartPolicy.NO;
        case "on-failure" ->
            new RestartPolicy(RestartPolicy.Kind.ON_FAILURE, attempts == null ? 0 : attempts);
        case "unless-stopped" -> new RestartPolicy(RestartPolicy.Kind.UNLESS_STOPPED, 0);
        default -> new RestartPolicy(RestartPolicy.Kind.ALWAYS, 0);
      };
    }
    String restart = fields.text("restart");
    return restart == null ? null : RestartPolicy.parse(restart);
  }

  private static UpdateConfig update(Fields fields) {
    Integer parallelism = fields.integer("parallelism");
    Duration delay = Objects.requireNonNullElse(fields.duration("delay"), Duration.ZERO);
    Duration monitor = Objects.requireNonNullElse(fields.duration("monitor"), Duration.ZERO);
    return new UpdateConfig(
        parallelism == null ? 1 : Math.max(0, parallelism),
        delay.compareTo(monitor) > 0 ? delay : monitor,
        fields.text("order", "stop-first").equals("start-first"),
        switch (fields.text("failure_action", "pause")) {
          case "continue" -> UpdateConfig.FailureAction.CONTINUE;
          case "rollback" -> UpdateConfig.FailureAction.ROLLBACK;
          case "pause" -> UpdateConfig.FailureAction.PAUSE;
          default -> UpdateConfig.FailureAction.UNKNOWN;
        });
  }

  private static List<WatchRule> watch(Fields develop) {
    List<WatchRule> rules = new ArrayList<>();
    for (Fields rule : develop.items("watch")) {
      rules.add(
          new WatchRule(
              rule.text("path", ""),
              WatchRule.Action.of(rule.text("action", "rebuild")),
              rule.text("target"),
              rule.texts("include"),
              rule.texts("ignore"),
              rule.has("exec") ? hook(rule.below("exec")) : null,
              rule.flag("initial_sync")));
    }
    return rules;
  }

  private static List<Hook> hooks(List<Fields> items) {
    List<Hook> hooks = new ArrayList<>(items.size());
    for (Fields item : items) {
      hooks.add(hook(item));
    }
    return hooks;
  }

  private static Hook hook(Fields fields) {
    return new Hook(
        fields.texts("command"),
        fields.text("image"),
        fields.text("user"),
        fields.flag("privileged"),
        fields.text("working_dir"),
        fields.variables("environment"),
        fields.flag("per_replica"));
  }

  private static Map<String, ModelBinding> models(Fields fields) {
    Map<String, ModelBinding> models = new LinkedHashMap<>();
    for (String name : fields.keys()) {
      Fields one = fields.below(name);
      models.put(name, new ModelBinding(one.text("endpoint_var"), one.text("model_var")));
    }
    return models;
  }
}
