package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.store.BlobWriter;
import java.util.List;

/**
 * An image as an archive lists it.
 *
 * @param configuration a member of the archive
 * @param layers members of the archive, lowest first
 * @param names it is to get
 */
record Candidate(BlobWriter configuration, List<Members.Later> layers, List<Reference> names) {
  Candidate {
    layers = List.copyOf(layers);
    names = List.copyOf(names);
  }
}
