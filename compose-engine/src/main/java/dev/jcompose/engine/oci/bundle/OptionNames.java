package dev.jcompose.engine.oci.bundle;

import java.util.List;
import java.util.TreeSet;

/** The mount options this runtime knows by itself; others go to the file system. */
public final class OptionNames {
  private OptionNames() {}

  /** In the order of the alphabet. */
  public static List<String> all() {
    TreeSet<String> names = new TreeSet<>(MountReader.FLAGS);
    names.addAll(MountReader.CLEARING.keySet());
    names.addAll(MountReader.PROPAGATIONS.keySet());
    names.addAll(List.of("bind", "rbind", "rro"));
    MountReader.RESTRICTIONS.forEach(restriction -> names.add("r" + restriction));
    return List.copyOf(names);
  }
}
