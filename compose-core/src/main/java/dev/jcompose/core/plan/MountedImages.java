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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images a service mounts as volumes, and how its containers remember which they were (compose
 * facts 3.7, 3.9).
 */
final class MountedImages {
  private MountedImages() {}

  static List<MountSpec.Image> of(ContainerSpec template) {
    return template.storage().mounts().stream()
        .filter(MountSpec.Image.class::isInstance)
        .map(MountSpec.Image.class::cast)
        .toList();
  }

  /**
   * What a container remembers: {@code target=id} of each image that is known, with commas.
   *
   * @param images by the names services have for them
   */
  static String remembered(ContainerSpec template, Map<String, ImageView> images) {
    return of(template).stream()
        .flatMap(
            mount -> {
              ImageView image = images.get(mount.image());
              return image == null ? Stream.empty() : Stream.of(mount.target() + "=" + image.id());
            })
        .collect(Collectors.joining(","));
  }

  /** Why a container has to be replaced: it mounts what an image was before. */
  static @Nullable String cause(
      DesiredService service, ContainerView container, Map<String, ImageView> images) {
    List<String> remembered = Arrays.asList(container.label(Labels.IMAGE_VOLUMES).split(",", -1));
    for (MountSpec.Image mount : of(service.template())) {
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
