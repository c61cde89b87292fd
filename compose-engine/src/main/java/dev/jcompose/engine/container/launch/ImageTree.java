package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.state.ContainerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of an image that a container has mounted, or a directory or file among them.
 *
 * @param topFirst directories that lie over each other, the uppermost first; at least two, as an
 *     overlay demands
 * @param place an empty directory to mount them over where nobody else sees it
 * @param path of what is mounted, absolute in the image and without links
 * @param directory whether that is a directory
 */
public record ImageTree(List<Path> topFirst, Path place, String path, boolean directory) {
  public ImageTree {
    topFirst = List.copyOf(topFirst);
  }

  /**
   * What a container has mounted of images, by target; the places are made where they are missing.
   *
   * @throws EngineException when an image is not there
   */
  public static Map<String, ImageTree> byTarget(
      ContainerRecord container, ContainerPaths paths, Images images) {
    Map<String, ImageTree> trees = new LinkedHashMap<>();
    for (MountPoint point : container.mounts()) {
      if (point.kind() == MountPoint.Kind.IMAGE) {
        try {
          Path place = Files.createDirectories(paths.imageMount(trees.size()));
          trees.put(point.destination(), of(point, images.resolve(point.name()), place));
        } catch (ImageException | IOException e) {
          throw new EngineException.Failed(
              "could not mount image " + point.source() + ": " + e.getMessage(), e);
        }
      }
    }
    return trees;
  }

  private static ImageTree of(MountPoint point, Image image, Path place) {
    LayeredFiles.Found found = find(image, point.source(), point.subpath());
    List<Path> topFirst = new ArrayList<>(image.layerDirectories().reversed());
    if (topFirst.size() == 1) {
      topFirst.add(place);
    }
    return new ImageTree(
        topFirst,
        place,
        found.inContainer(),
        Files.isDirectory(found.onHost(), LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * What a relative path leads to in an image.
   *
   * @param reference what the image is called in errors
   * @param subpath empty for all of it
   * @throws EngineException.InvalidRequest when nothing is there, or it leads out of the image
   */
  public static LayeredFiles.Found find(Image image, String reference, String subpath) {
    if (subpath.startsWith("/") || Arrays.asList(subpath.split("/", -1)).contains("..")) {
      throw new EngineException.InvalidRequest(
          "subpath \""
              + subpath
              + "\" of image "
              + reference
              + " must be a relative path inside the image, without \"..\"");
    }
    return new LayeredFiles(image.layerDirectories().reversed())
        .findBelow(subpath)
        .orElseThrow(
            () ->
                new EngineException.InvalidRequest(
                    subpath.isEmpty()
                        ? "image " + reference + " has no files to mount"
                        : "cannot access path "
                            + subpath
                            + ": no such path inside image "
                            + reference));
  }
}
