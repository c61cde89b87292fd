package dev.jcompose.core.bind;

import dev.jcompose.core.project.build.Build;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of a build. */
final class BuildBinder {
  private BuildBinder() {}

  static @Nullable Build bind(Fields service) {
    if (!service.has("build")) {
      return null;
    }
    Fields fields = service.below("build");
    return new Build(
        fields.text("context", "."),
        fields.text("dockerfile"),
        fields.text("dockerfile_inline"),
        fields.strings("args"),
        fields.variables("ssh"),
        fields.strings("labels"),
        fields.texts("cache_from"),
        fields.texts("cache_to"),
        fields.flag("no_cache"),
        fields.texts("no_cache_filter"),
        fields.strings("additional_contexts"),
        fields.text("network"),
        fields.flag("pull"),
        fields.text("target"),
        fields.bytes("shm_size"),
        fields.lists("extra_hosts"),
        fields.text("isolation"),
        fields.flag("privileged"),
        secrets(fields.items("secrets")),
        fields.texts("tags"),
        LimitsBinder.ulimits(fields),
        fields.texts("platforms"),
        fields.texts("entitlements"),
        fields.text("provenance"),
        fields.text("sbom"));
  }

  private static List<Build.BuildSecret> secrets(List<Fields> items) {
    List<Build.BuildSecret> secrets = new ArrayList<>(items.size());
    for (Fields item : items) {
      secrets.add(
          new Build.BuildSecret(
              item.text("source", ""),
              item.text("target"),
              item.text("uid"),
              item.text("gid"),
              item.mode("mode")));
    }
    return secrets;
  }
}
