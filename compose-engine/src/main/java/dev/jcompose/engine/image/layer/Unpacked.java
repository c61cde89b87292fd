package dev.jcompose.engine.image.layer;

import java.util.Set;

/**
 * What unpacking an archive brought.
 *
 * @param members how many there were
 * @param size bytes of all regular files
 * @param implied directories the archive has no member for; they take owner and mode from the layer
 *     below
 */
public record Unpacked(long members, long size, Set<String> implied) {
  public Unpacked {
    implied = Set.copyOf(implied);
  }
}
