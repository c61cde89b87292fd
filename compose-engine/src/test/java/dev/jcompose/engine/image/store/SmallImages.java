package dev.jcompose.engine.image.store;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts images of a few bytes into a store: every layer is one file named and filled by a word. */
public final class SmallImages {
  private SmallImages() {}

  /** An image whose layers hold these words, lowest first, under a name. */
  public static Image add(ImageStore store, String name, Instant created, String... words)
      throws IOException {
    List<Digest> diffIds = new ArrayList<>();
    for (String word : words) {
      Path staged = store.layers().stage();
      Files.writeString(staged.resolve(word), word);
      Digest parent = diffIds.isEmpty() ? null : ChainId.of(diffIds).getLast();
      store.layers().publish(staged, parent, Digest.of(word), word.length());
      diffIds.add(Digest.of(word));
    }
    Configuration configuration =
        new Configuration(created, "", "amd64", "", "linux", ImageConfig.EMPTY, diffIds, List.of());
    Image image = store.add(Json.bytes(configuration), List.of());
    return store.tag(Digest.parse(image.id()), Reference.parse(name));
  }
}
