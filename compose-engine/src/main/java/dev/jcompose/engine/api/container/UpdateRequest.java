package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.config.RestartPolicy;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.api.resources.Resources;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a container; what is 0, empty or null stays.
 *
 * @param resources only limits of cpu, memory and processes
 */
public record UpdateRequest(Resources resources, @Nullable RestartPolicy restartPolicy)
    implements JsonValue {
  @Override
  public JsonObject toJson() {
    return JsonObject.builder().putAll(resources).put("RestartPolicy", restartPolicy).build();
  }
}
