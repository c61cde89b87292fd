package dev.jcompose.engine.image.store;

import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.oci.Configuration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** An image as the store holds it in memory; names are added when somebody asks. */
record StoredImage(ImageRecord record, Configuration configuration, List<Digest> chain) {
  static StoredImage of(ImageRecord record, Configuration configuration) {
    return new StoredImage(record, configuration, ChainId.of(configuration.diffIds()));
  }

  Digest id() {
    return record.id();
  }

  List<String> repoDigests() {
    return record.repoDigests();
  }

  Image named(List<String> repoTags, LayerStore layers) {
    List<Long> sizes =
        chain.stream()
            .map(chainId -> Objects.requireNonNull(layers.find(chainId), "a layer").size())
            .toList();
    return new Image(
        id().toString(),
        repoTags,
        repoDigests(),
        configuration.created(),
        Objects.requireNonNullElse(record.lastTagged(), configuration.created()),
        sizes.stream().mapToLong(Long::longValue).sum(),
        configuration.settings(),
        configuration.diffIds(),
        chain.stream().map(layers::directory).toList(),
        history(sizes),
        configuration.architecture(),
        configuration.variant(),
        configuration.os(),
        configuration.author());
  }

  private List<Image.History> history(List<Long> sizes) {
    List<Image.History> steps = new ArrayList<>();
    Iterator<Long> layerSizes = sizes.iterator();
    for (Configuration.Step step : configuration.history()) {
      boolean empty = step.emptyLayer() || !layerSizes.hasNext();
      steps.add(
          new Image.History(
              step.created(),
              step.createdBy(),
              step.comment(),
              empty ? 0 : layerSizes.next(),
              step.emptyLayer()));
    }
    return steps;
  }
}
