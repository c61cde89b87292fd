package dev.jcompose.engine.image.layer;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.state.FreeSpace;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Unpacks one layer's archive into a fresh directory that overlayfs will mount. Nothing outside the
 * directory can be reached, whatever the archive says; see {@link DirectoryWalk}. Owners, modes and
 * times of directories come last, so that neither their set-group-id bits nor later members change
 * what is inside.
 */
public final class LayerUnpacker {
  private static final int DEVICE_MAJOR_LIMIT = 0xfff;
  private static final int DEVICE_MINOR_LIMIT = 0xfffff;

  /** More than any image has; a directory for each costs a kilobyte of this disk or more. */
  private static final long MOST_MEMBERS = 4_000_000;

  private static final String PROBE = ".probe";

  private final FileCalls calls;
  private final FreeSpace disk;
  private final DirectoryWalk walk;

  /** Permission bits that the umask, or an access control list, leaves a new file here. */
  private final int granted;

  private final Map<String, TarEntry> directories = new LinkedHashMap<>();
  private long members;
  private long size;

  private LayerUnpacker(FileCalls calls, int top, FreeSpace disk) {
    this.calls = calls;
    this.disk = disk;
    this.walk = new DirectoryWalk(calls, top);
    this.granted = granted(calls, top);
  }

  private static int granted(FileCalls calls, int top) {
    try {
      calls.close(calls.createFile(top, PROBE, 0777));
      FileFacts probe = calls.facts(top, PROBE);
      calls.remove(top, PROBE);
      return probe == null ? 0 : probe.permissions();
    } catch (KernelException e) {
      // A full disk: the first member will say so with its name.
      return 0;
    }
  }

  /**
   * Unpacks a whole archive and reads its stream to the end.
   *
   * @param target an empty directory nobody else uses
   * @throws UnpackException when a member is refused or impossible
   * @throws IOException when the stream fails or is no archive
   */
  public static Unpacked unpack(FileCalls calls, InputStream archive, Path target)
      throws IOException {
    int top = calls.openDirectory(target);
    LayerUnpacker unpacker = new LayerUnpacker(calls, top, new FreeSpace(target, "this layer"));
    try (DirectoryWalk walk = unpacker.walk) {
      TarReader reader = new TarReader(archive);
      for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
        unpacker.guarded(entry, reader);
      }
      reader.drain();
      unpacker.finishDirectories();
      CrashPoint.LAYER_UNPACKED.reached();
      return new Unpacked(unpacker.members, unpacker.size, walk.implied());
    } finally {
      calls.close(top);
    }
  }

  private void guarded(TarEntry entry, TarReader reader) throws IOException {
    try {
      walk.makeRoom();
      member(entry, reader);
      if (++members > MOST_MEMBERS) {
        throw new UnpackException(
            entry.name(), "this layer has more than " + MOST_MEMBERS + " members");
      }
    } catch (KernelException e) {
      throw new UnpackException(entry.name(), e);
    }
  }

  private void member(TarEntry entry, TarReader reader) throws IOException {
    MemberPath path = MemberPath.of(entry.name());
    if (path.isTop()) {
      if (entry.type() == TarEntry.Type.DIRECTORY) {
        directories.put("", entry);
      }
      return;
    }
    if (path.name().startsWith(Whiteouts.PREFIX)) {
      deletion(path);
      return;
    }
    int parent = walk.directory(path.directory(), true);
    switch (entry.type()) {
      case FILE -> file(entry, path, parent, reader);
      case DIRECTORY -> directory(entry, path, parent);
      case SYMLINK -> {
        if (entry.linkName().isEmpty()) {
          throw new UnpackException(entry.name(), "a symbolic link without a target");
        }
        make(path, parent, () -> calls.makeSymlink(entry.linkName(), parent, path.name()));
        ownerAndAttributes(entry, parent, path.name());
        calls.setTime(parent, path.name(), entry.mtime());
      }
      case HARD_LINK -> hardLink(entry, path);
      case CHARACTER_DEVICE -> node(entry, path, parent, Abi.S_IFCHR);
      case BLOCK_DEVICE -> node(entry, path, parent, Abi.S_IFBLK);
      case FIFO -> node(entry, path, parent, Abi.S_IFIFO);
    }
  }

  private void deletion(MemberPath path) throws UnpackException {
    if (path.name().equals(Whiteouts.OPAQUE)) {
      int directory = walk.directory(path.directory(), true);
      Whiteouts.makeOpaque(calls, directory, ".");
      return;
    }
    if (path.name().startsWith(Whiteouts.FOREIGN)) {
      return;
    }
    String deleted = path.name().substring(Whiteouts.PREFIX.length());
    if (deleted.isEmpty() || deleted.equals(".") || deleted.equals("..")) {
      throw new UnpackException(path.text(), "this name would delete a whole directory");
    }
    int parent = walk.directory(path.directory(), true);
    FileFacts present = calls.facts(parent, deleted);
    if (present == null) {
      Whiteouts.make(calls, parent, deleted);
    } else if (present.isDirectory()) {
      // What the layer itself has stays; only what is below is deleted.
      Whiteouts.makeOpaque(calls, parent, deleted);
    }
  }

  private void file(TarEntry entry, MemberPath path, int parent, TarReader reader)
      throws IOException {
    int[] descriptor = new int[1];
    make(
        path,
        parent,
        () -> descriptor[0] = calls.createFile(parent, path.name(), entry.mode() & 0777));
    try {
      reader.content(
          piece -> {
            disk.take(piece.remaining());
            size += piece.remaining();
            calls.write(descriptor[0], piece);
          });
      if ((entry.uid() | entry.gid()) != 0) {
        calls.setOwner(descriptor[0], entry.uid(), entry.gid());
      }
      Attributes.set(calls, parent, path.name(), entry.xattrs());
      // One system call in six of a file's, and no file system does it for nothing.
      if ((entry.mode() & ~granted) != 0 || !entry.xattrs().isEmpty()) {
        calls.setMode(descriptor[0], entry.mode());
      }
      calls.setTime(descriptor[0], entry.mtime());
    } finally {
      calls.close(descriptor[0]);
    }
  }

  private void directory(TarEntry entry, MemberPath path, int parent) {
    boolean deletedBelow = false;
    try {
      calls.makeDirectory(parent, path.name(), 0755);
    } catch (KernelException e) {
      FileFacts present = taken(e, parent, path.name());
      if (!present.isDirectory()) {
        deletedBelow = Whiteouts.isWhiteout(present);
        removeAll(path, parent);
        calls.makeDirectory(parent, path.name(), 0755);
      }
    }
    if (deletedBelow) {
      Whiteouts.makeOpaque(calls, parent, path.name());
    }
    walk.implied().remove(path.text());
    directories.put(path.text(), entry);
  }

  private void hardLink(TarEntry entry, MemberPath path) throws UnpackException {
    MemberPath from = MemberPath.of(entry.linkName());
    int source = walk.directory(from.directory(), false);
    FileFacts facts =
        source == DirectoryWalk.ABSENT || from.isTop() ? null : calls.facts(source, from.name());
    if (facts == null || facts.isDirectory() || Whiteouts.isWhiteout(facts)) {
      throw new UnpackException(
          entry.name(), "a hard link to " + entry.linkName() + ", which this layer does not have");
    }
    if (from.equals(path)) {
      return;
    }
    int parent = walk.directory(path.directory(), true);
    make(path, parent, () -> calls.makeHardLink(source, from.name(), parent, path.name()));
  }

  private void node(TarEntry entry, MemberPath path, int parent, int type) throws UnpackException {
    int major = entry.deviceMajor();
    int minor = entry.deviceMinor();
    boolean isDevice = type != Abi.S_IFIFO;
    if (isDevice
        && (major < 0 || major > DEVICE_MAJOR_LIMIT || minor < 0 || minor > DEVICE_MINOR_LIMIT)) {
      throw new UnpackException(entry.name(), "there is no device %d:%d".formatted(major, minor));
    }
    make(
        path,
        parent,
        () ->
            calls.makeNode(
                parent, path.name(), type | 0600, isDevice ? major : 0, isDevice ? minor : 0));
    ownerAndAttributes(entry, parent, path.name());
    calls.setMode(parent, path.name(), entry.mode());
    calls.setTime(parent, path.name(), entry.mtime());
  }

  private void ownerAndAttributes(TarEntry entry, int parent, String name) {
    if ((entry.uid() | entry.gid()) != 0) {
      calls.setOwner(parent, name, entry.uid(), entry.gid());
    }
    Attributes.set(calls, parent, name, entry.xattrs());
  }

  /** Something that puts a name into a directory. */
  @FunctionalInterface
  private interface Making {
    void run() throws UnpackException;
  }

  /** A later member takes the place of an earlier one, whatever that was. */
  private void make(MemberPath path, int parent, Making making) throws UnpackException {
    try {
      making.run();
    } catch (KernelException e) {
      taken(e, parent, path.name());
      removeAll(path, parent);
      making.run();
    }
  }

  private FileFacts taken(KernelException e, int parent, String name) {
    FileFacts present = e.errno().equals(Errno.EEXIST) ? calls.facts(parent, name) : null;
    if (present == null) {
      throw e;
    }
    return present;
  }

  private void removeAll(MemberPath path, int parent) {
    walk.remove(parent, path.name());
    String below = path.text() + "/";
    directories.keySet().removeIf(name -> name.equals(path.text()) || name.startsWith(below));
    walk.implied().removeIf(name -> name.equals(path.text()) || name.startsWith(below));
  }

  private void finishDirectories() throws UnpackException {
    // Nobody says when these were made, and it must not depend on when they were unpacked.
    for (String implied : walk.implied()) {
      walk.makeRoom();
      int descriptor = walk.directory(implied, false);
      if (descriptor != DirectoryWalk.ABSENT) {
        calls.setTime(descriptor, 0);
      }
    }
    for (Map.Entry<String, TarEntry> entry : List.copyOf(directories.entrySet()).reversed()) {
      TarEntry directory = entry.getValue();
      walk.makeRoom();
      int descriptor = walk.directory(entry.getKey(), false);
      if (descriptor == DirectoryWalk.ABSENT) {
        continue;
      }
      try {
        if ((directory.uid() | directory.gid()) != 0) {
          calls.setOwner(descriptor, directory.uid(), directory.gid());
        }
        Attributes.set(calls, descriptor, ".", directory.xattrs());
        calls.setMode(descriptor, directory.mode());
        calls.setTime(descriptor, directory.mtime());
      } catch (KernelException e) {
        throw new UnpackException(directory.name(), e);
      }
    }
  }
}
