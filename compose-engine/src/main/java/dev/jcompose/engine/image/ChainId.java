package dev.jcompose.engine.image;

import java.util.ArrayList;
import java.util.List;

/** Names a layer together with everything below it (OCI image-spec 1.1, "Layer ChainID"). */
public final class ChainId {
  private ChainId() {}

  /**
   * The chain ids of these layers, one per layer, lowest first.
   *
   * @param diffIds digests of the uncompressed archives, lowest first
   */
  public static List<Digest> of(List<Digest> diffIds) {
    List<Digest> chain = new ArrayList<>();
    for (Digest diffId : diffIds) {
      chain.add(chain.isEmpty() ? diffId : above(chain.getLast(), diffId));
    }
    return List.copyOf(chain);
  }

  /** The chain id of a layer laid on top of this one. */
  public static Digest above(Digest parent, Digest diffId) {
    return Digest.of(parent + " " + diffId);
  }
}
