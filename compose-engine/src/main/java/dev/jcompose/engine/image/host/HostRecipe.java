package dev.jcompose.engine.image.host;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An image that is about to be made from this machine.
 *
 * @param trees its layers, lowest first
 * @param config what it asks of its containers
 * @param history how each layer came about, one text per layer
 */
record HostRecipe(List<HostTree> trees, ImageConfig config, List<String> history) {
  /** Grows when the same files would be laid out in another way. */
  private static final String VERSION = "1";

  HostRecipe {
    trees = List.copyOf(trees);
    history = List.copyOf(history);
  }

  /** Equal for equal images: paths, kinds, texts, and the stamps of copied files. */
  String fingerprint() throws IOException {
    StringBuilder text = new StringBuilder(VERSION).append('\n').append(config);
    for (HostTree tree : trees) {
      for (Map.Entry<Path, HostTree.Node> entry : tree.nodes().entrySet()) {
        text.append('\n').append(entry.getKey()).append('\0').append(entry.getValue());
        if (entry.getValue() instanceof HostTree.Node.Copy(Path source)) {
          text.append('\0').append(HostNote.stamp(source));
        }
      }
    }
    return Digest.of(text.toString()).hex();
  }

  /** All files that are copied. */
  List<Path> sources() {
    List<Path> sources = new ArrayList<>();
    for (HostTree tree : trees) {
      for (HostTree.Node node : tree.nodes().values()) {
        if (node instanceof HostTree.Node.Copy(Path source)) {
          sources.add(source);
        }
      }
    }
    return sources;
  }

  /**
   * When the youngest file in the image was last changed. An image made twice from the same files
   * has the same time and so the same id.
   */
  Instant youngest() throws IOException {
    Instant youngest = Instant.EPOCH;
    for (Path source : sources()) {
      Instant time = Files.getLastModifiedTime(source).toInstant();
      youngest = time.isAfter(youngest) ? time : youngest;
    }
    return Instant.ofEpochSecond(youngest.getEpochSecond());
  }
}
