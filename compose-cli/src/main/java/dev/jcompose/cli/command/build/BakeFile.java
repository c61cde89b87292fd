package dev.jcompose.cli.command.build;

import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.Step;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What would be built, as the file that {@code docker buildx bake} reads. */
final class BakeFile {
  private BakeFile() {}

  static String of(Plan plan) {
    Map<String, Object> targets = new LinkedHashMap<>();
    List<BuildSpec> specs = new ArrayList<>();
    Map<String, String> contexts = new HashMap<>();
    for (Step step : plan.steps()) {
      if (step.action() instanceof Action.BuildImage build) {
        specs.add(build.spec());
        // The image is only there once the other target is built.
        build
            .spec()
            .tags()
            .forEach(tag -> contexts.put("docker-image://" + tag, "target:" + name(build.spec())));
      }
    }
    for (BuildSpec spec : specs) {
      targets.put(name(spec), target(spec, contexts));
    }
    List<String> names = specs.stream().map(BakeFile::name).toList();
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("group", Map.of("default", Map.of("targets", names)));
    file.put("target", targets);
    return Json.print(file);
  }

  /** Dots part the words of a bake file. */
  private static String name(BuildSpec spec) {
    return spec.service().replace('.', '_');
  }

  private static Map<String, Object> target(BuildSpec spec, Map<String, String> built) {
    Map<String, String> contexts = new LinkedHashMap<>();
    spec.contexts().forEach((name, place) -> contexts.put(name, built.getOrDefault(place, place)));
    Map<String, Object> target = new LinkedHashMap<>();
    put(target, "context", spec.context());
    put(target, "contexts", contexts);
    put(target, "dockerfile", spec.dockerfile());
    put(target, "dockerfile-inline", spec.inline());
    put(target, "args", spec.args());
    put(target, "labels", spec.labels());
    put(target, "tags", spec.tags());
    put(target, "cache-from", spec.caching().from());
    put(target, "cache-to", spec.caching().to());
    put(target, "target", spec.target());
    put(target, "secret", secrets(spec));
    put(target, "ssh", ssh(spec));
    String platform = spec.platform();
    put(target, "platforms", platform == null ? List.of() : List.of(platform.split(",")));
    put(target, "no-cache-filter", spec.caching().noneFor());
    if (spec.caching().none()) {
      target.put("no-cache", true);
    }
    if (spec.caching().pull()) {
      target.put("pull", true);
    }
    put(target, "network", spec.sandbox().network());
    put(target, "extra-hosts", spec.sandbox().extraHosts());
    put(target, "ulimits", spec.sandbox().ulimits());
    put(target, "entitlements", spec.sandbox().entitlements());
    target.put("output", List.of("type=docker"));
    return target;
  }

  private static List<String> secrets(BuildSpec spec) {
    List<String> all = new ArrayList<>();
    spec.secrets()
        .forEach(
            (id, secret) ->
                all.add(
                    switch (secret) {
                      case BuildSpec.Secret.File file ->
                          "id=" + id + ",type=file,src=" + file.path();
                      case BuildSpec.Secret.Content _ -> "id=" + id + ",type=env,env=" + id;
                    }));
    return all;
  }

  private static List<String> ssh(BuildSpec spec) {
    List<String> all = new ArrayList<>();
    spec.ssh().forEach((id, path) -> all.add(path.isEmpty() ? id : id + "=" + path));
    return all;
  }

  private static void put(Map<String, Object> target, String name, @Nullable Object value) {
    boolean empty =
        value == null
            || (value instanceof String text && text.isEmpty())
            || (value instanceof List<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> map && map.isEmpty());
    if (!empty) {
      target.put(name, value);
    }
  }
}
