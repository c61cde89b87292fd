package dev.jcompose.engine.image.store;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.oci.Descriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the archives that give the same layer: as a registry has it, or as it was compressed here.
 *
 * @param blob its media type, digest and size
 * @param repositories full names of the repositories known to have it, latest first
 */
public record LayerForm(Descriptor blob, List<String> repositories) implements JsonValue {
  private static final int MOST_REPOSITORIES = 50;

  public LayerForm {
    repositories = List.copyOf(repositories);
  }

  static LayerForm of(JsonObject json) {
    return new LayerForm(Descriptor.of(json.object("blob")), json.strings("repositories"));
  }

  LayerForm with(List<String> more) {
    List<String> all = new ArrayList<>(more);
    repositories.stream().filter(name -> !more.contains(name)).forEach(all::add);
    return new LayerForm(blob, all.subList(0, Math.min(MOST_REPOSITORIES, all.size())));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("blob", blob)
        .putUnlessEmpty("repositories", repositories)
        .build();
  }
}
