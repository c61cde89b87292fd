package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/**
 * One entry of {@code manifest.json} (docker save, format 1.2).
 *
 * @param config path of the configuration in the archive
 * @param repoTags familiar names
 * @param layers paths of the layers in the archive, lowest first
 */
record DockerManifest(String config, List<String> repoTags, List<String> layers)
    implements JsonValue {
  static final String FILE = "manifest.json";

  DockerManifest {
    repoTags = List.copyOf(repoTags);
    layers = List.copyOf(layers);
  }

  static DockerManifest of(JsonObject json) {
    return new DockerManifest(
        json.string("Config"), json.strings("RepoTags"), json.strings("Layers"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Config", config)
        .put("RepoTags", repoTags)
        .put("Layers", layers)
        .build();
  }
}
