package dev.jcompose.engine.container.files;

import dev.jcompose.engine.container.ContainerFiles.Change;
import dev.jcompose.engine.container.ContainerFiles.ChangeKind;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.files.FileFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a writable layer with the image below it, by Docker's rules: a file differs when its
 * mode, owner, device, size, time of change or capabilities do, a directory when its mode or owner
 * do or anything in it has changed.
 */
final class LayerChanges {
  private static final String OPAQUE = "trusted.overlay.opaque";
  private static final String CAPABILITIES = "security.capability";

  /** What the engine itself mounts, whose mount points may have had to be made. */
  private static final Set<String> OUR_MOUNTS =
      Set.of("/dev", "/proc", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

  private static final int NONE = -1;

  private final ContainerTree upper;
  private final ContainerTree image;

  LayerChanges(ContainerTree upper, ContainerTree image) {
    this.upper = upper;
    this.image = image;
  }

  List<Change> list() {
    List<Change> changes = new ArrayList<>();
    int above = upper.directory("/");
    int below = image.directory("/");
    try {
      compare(above, below, "", isOpaque(above, "."), changes);
    } finally {
      upper.calls.close(above);
      image.calls.close(below);
    }
    return changes;
  }

  /** {@code below} is {@link #NONE} when the image has no such directory. */
  private void compare(int above, int below, String path, boolean opaque, List<Change> changes) {
    List<String> names = new ArrayList<>(upper.calls.names(above));
    if (opaque && below != NONE) {
      image.calls.names(below).stream().filter(name -> !names.contains(name)).forEach(names::add);
    }
    names.sort(null);
    for (String name : names) {
      String child = path + "/" + name;
      if (!OUR_MOUNTS.contains(child)) {
        compare(above, below, name, child, changes);
      }
    }
  }

  private void compare(int above, int below, String name, String path, List<Change> changes) {
    FileFacts now = upper.calls.facts(above, name);
    FileFacts before = below == NONE ? null : image.calls.facts(below, name);
    if (now == null || isWhiteout(now)) {
      if (before != null) {
        changes.add(new Change(ChangeKind.DELETED, path));
      }
      return;
    }
    if (!now.isDirectory()) {
      if (before == null) {
        changes.add(new Change(ChangeKind.ADDED, path));
      } else if (differs(above, below, name, now, before)) {
        changes.add(new Change(ChangeKind.MODIFIED, path));
      }
      return;
    }
    int place = changes.size();
    descend(above, before != null && before.isDirectory() ? below : NONE, name, path, changes);
    if (before == null) {
      changes.add(place, new Change(ChangeKind.ADDED, path));
    } else if (changes.size() > place || ownershipDiffers(now, before)) {
      changes.add(place, new Change(ChangeKind.MODIFIED, path));
    }
  }

  private void descend(int above, int below, String name, String path, List<Change> changes) {
    boolean opaque = isOpaque(above, name);
    int inside = upper.calls.openDirectory(above, name);
    try {
      int insideBelow = below == NONE ? NONE : image.calls.openDirectory(below, name);
      try {
        compare(inside, insideBelow, path, opaque, changes);
      } finally {
        if (insideBelow != NONE) {
          image.calls.close(insideBelow);
        }
      }
    } finally {
      upper.calls.close(inside);
    }
  }

  private boolean differs(int above, int below, String name, FileFacts now, FileFacts before) {
    return ownershipDiffers(now, before)
        || now.nodeMajor() != before.nodeMajor()
        || now.nodeMinor() != before.nodeMinor()
        || now.size() != before.size()
        || now.mtime() != before.mtime()
        || !Arrays.equals(capabilities(upper, above, name), capabilities(image, below, name));
  }

  private static boolean ownershipDiffers(FileFacts now, FileFacts before) {
    return now.mode() != before.mode() || now.uid() != before.uid() || now.gid() != before.gid();
  }

  private static byte @Nullable [] capabilities(ContainerTree tree, int directory, String name) {
    return tree.calls.attributes(directory, name).get(CAPABILITIES);
  }

  private boolean isOpaque(int directory, String name) {
    Map<String, byte[]> attributes = upper.calls.attributes(directory, name);
    return Arrays.equals(new byte[] {'y'}, attributes.get(OPAQUE));
  }

  // Overlay marks a removed name by a character device with number 0:0.
  private static boolean isWhiteout(FileFacts facts) {
    return facts.type() == Abi.S_IFCHR && facts.nodeMajor() == 0 && facts.nodeMinor() == 0;
  }
}
