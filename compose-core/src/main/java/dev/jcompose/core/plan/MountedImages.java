package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.ImageView;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The images a service mounts as volumes, and how its containers remember which they were (compose
 * facts 3.7, 3.9).
 */
final class MountedImages {
  private MountedImages() {}

  /**
   * What a container remembers: {@code target=id} of each image that is known, with commas.
   *
   * @param images by the names services have for them
   */
  static String remembered(ContainerSpec template, Map<String, ImageView> images) {
    StringJoiner remembered = new StringJoiner(",");
    for (MountSpec.Image mount : template.storage().images()) {
      ImageView image = images.get(mount.image());
      if (image != null) {
        remembered.add(mount.target() + "=" + image.id());
      }
    }
    return remembered.toString();
  }

  /** Why a container has to be replaced: it mounts what an image was before. */
  static @Nullable String cause(
      DesiredService service, ContainerView container, Map<String, ImageView> images) {
    List<String> remembered = Arrays.asList(container.label(Labels.IMAGE_VOLUMES).split(",", -1));
    for (MountSpec.Image mount : service.template().storage().images()) {
      ImageView image = images.get(mount.image());
      String key = mount.target() + "=";
      // Images that the same up fetched were not known when the container was made.
      if (image != null
          && remembered.stream().anyMatch(each -> each.startsWith(key))
          && !remembered.contains(key + image.id())) {
        return "image " + mount.image() + ", mounted at " + mount.target() + ", changed";
      }
    }
    return null;
  }
}
