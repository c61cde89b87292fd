package dev.jcompose.engine.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * One image of the store, ready to run: all its layers are unpacked.
 *
 * @param id {@code sha256:} digest of the configuration's bytes
 * @param repoTags familiar references that name it, sorted; empty for a dangling image
 * @param repoDigests {@code repository@sha256:…} under which registries know it, sorted
 * @param created when it was made
 * @param lastTagged when it was last pulled, built or given a name; {@code created} when unknown
 * @param size bytes of all regular files in all layers
 * @param config what it asks of its containers
 * @param diffIds digests of the layers' uncompressed archives, lowest first
 * @param layerDirectories the unpacked layers, lowest first; never write to them
 * @param history how the layers and settings came about, oldest first
 * @param architecture as Go names it: {@code amd64}, {@code arm64}
 * @param variant of the architecture; empty for none
 * @param os {@code linux}
 * @param author empty for none
 */
public record Image(
    String id,
    List<String> repoTags,
    List<String> repoDigests,
    Instant created,
    Instant lastTagged,
    long size,
    ImageConfig config,
    List<Digest> diffIds,
    List<Path> layerDirectories,
    List<History> history,
    String architecture,
    String variant,
    String os,
    String author) {
  /**
   * One step in the making of an image.
   *
   * @param created when the step ran
   * @param createdBy the command; empty when unknown
   * @param comment empty for none
   * @param size bytes the step added
   * @param emptyLayer true when the step changed only settings
   */
  public record History(
      Instant created, String createdBy, String comment, long size, boolean emptyLayer) {}

  public Image {
    repoTags = List.copyOf(repoTags);
    repoDigests = List.copyOf(repoDigests);
    diffIds = List.copyOf(diffIds);
    layerDirectories = List.copyOf(layerDirectories);
    history = List.copyOf(history);
  }

  /** The 12 hex digits people use for it. */
  public String shortId() {
    return Digest.parse(id).hex().substring(0, 12);
  }
}
