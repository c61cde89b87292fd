package dev.jcompose.cli.doctor;

import dev.jcompose.cli.engine.EngineLauncher;
import dev.jcompose.cli.engine.EnginePlace;
import dev.jcompose.cli.engine.Installation;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The state root, the engine and the distribution. */
final class PlaceChecks {
  private static final long MEBI = 1L << 20;
  private static final long NEEDED = 256 * MEBI;
  private static final long COMFORTABLE = 4096 * MEBI;

  /** On these the kernel mounts no writable overlay. */
  private static final Set<String> NO_UPPER =
      Set.of("overlay", "nfs", "nfs4", "cifs", "9p", "vfat", "fuse", "fuseblk", "ecryptfs");

  private PlaceChecks() {}

  static List<Finding> of(EnginePlace place) {
    List<Finding> all = new ArrayList<>();
    all.add(user());
    Path root = place.root();
    if (root != null) {
      storage(root, all);
    }
    all.add(engine(place));
    all.add(distribution());
    return all;
  }

  private static Finding user() {
    try {
      Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      return uid.equals(0)
          ? Finding.ok("user", "root")
          : Finding.missing(
              "user",
              "user id " + uid + ", and the engine has to be started by root",
              "sudo jcompose");
    } catch (IOException e) {
      return Finding.missing("user", "/proc is not mounted", "mount -t proc proc /proc");
    }
  }

  private static void storage(Path root, List<Finding> all) {
    Path existing = existing(root);
    try {
      FileStore store = Files.getFileStore(existing);
      all.add(
          NO_UPPER.contains(store.type())
              ? Finding.missing(
                  "state root",
                  root + " is on " + store.type() + ", where the kernel mounts no writable overlay",
                  "choose a directory on ext4, xfs, btrfs or tmpfs with --root or JCOMPOSE_ROOT")
              : Finding.ok("state root", root + " on " + store.type()));
      long free = store.getUsableSpace();
      String text = free / MEBI + " MiB free at " + existing;
      String mend = "make room, or choose another place with --root or JCOMPOSE_ROOT";
      all.add(
          free < NEEDED
              ? Finding.missing("disk", text, mend)
              : free < COMFORTABLE
                  ? Finding.note("disk", text + " is little for images", mend)
                  : Finding.ok("disk", text));
    } catch (IOException e) {
      all.add(
          Finding.missing(
              "state root", root + " cannot be looked at: " + e.getMessage(), "check the path"));
    }
  }

  private static Path existing(Path path) {
    Path parent = path.getParent();
    return Files.exists(path) || parent == null ? path : existing(parent);
  }

  private static Finding engine(EnginePlace place) {
    if (new EngineLauncher(place).answers()) {
      return Finding.ok("engine", "answers at " + place.socket());
    }
    if (!place.isOurs()) {
      return Finding.missing(
          "engine", "none answers at " + place.socket(), "start it, or leave out --host");
    }
    return Files.exists(place.socket())
        ? Finding.note(
            "engine",
            "a socket is at " + place.socket() + ", and nobody answers there",
            "jcompose engine start, and look into " + place.log() + " if that fails")
        : Finding.ok("engine", "not running; it starts with the first command that needs it");
  }

  private static Finding distribution() {
    Installation installation = Installation.current();
    String java = "Java " + Runtime.version().feature();
    if (installation.home().isEmpty()) {
      return Finding.note(
          "distribution",
          "these classes do not run from a distribution folder (" + java + ")",
          "./dev dist");
    }
    return installation.engineLauncher().isPresent()
        ? Finding.ok("distribution", installation.version() + " with " + java)
        : Finding.missing(
            "distribution",
            installation.home().get() + " has no engine",
            "copy the whole folder, or make it again with ./dev dist");
  }
}
