package dev.jcompose.engine.linux.files;

import dev.jcompose.engine.linux.KernelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code …at} system calls. A name is one component, never a path, and the last component is
 * never followed when it is a symbolic link; whoever goes down a tree this way cannot be led out of
 * it. Descriptors are plain numbers, close-on-exec, and belong to the caller. Every method throws
 * {@link KernelException} when the kernel refuses, unless it says otherwise.
 */
public interface FileCalls {
  /** Opens a directory by path; links in the path are followed, so it must be the engine's own. */
  int openDirectory(Path path);

  /** Opens a directory in a directory; a symbolic link or anything else fails with ENOTDIR. */
  int openDirectory(int directory, String name);

  /** Makes a new regular file and opens it for writing; fails with EEXIST if the name is taken. */
  int createFile(int directory, String name, int mode);

  /** Opens a regular file for reading; a symbolic link fails with ELOOP. */
  int openFile(int directory, String name);

  /** Makes a directory. */
  void makeDirectory(int directory, String name, int mode);

  /** Makes a symbolic link with this text. */
  void makeSymlink(String target, int directory, String name);

  /** Gives an existing file, or symbolic link, one more name. */
  void makeHardLink(int fromDirectory, String fromName, int directory, String name);

  /**
   * Makes a device node, named pipe or socket.
   *
   * @param mode type and permission bits
   */
  void makeNode(int directory, String name, int mode, int major, int minor);

  /** Removes a name that is no directory. */
  void remove(int directory, String name);

  /** Removes an empty directory. */
  void removeDirectory(int directory, String name);

  /** The text of a symbolic link. */
  String readSymlink(int directory, String name);

  /** What the name stands for; null when there is no such name. */
  @Nullable FileFacts facts(int directory, String name);

  /** The names in a directory, without {@code .} and {@code ..}, in no order. */
  List<String> names(int directory);

  /** Sets the owner of what the name stands for. */
  void setOwner(int directory, String name, long uid, long gid);

  /** Sets the permission bits, setuid, setgid and sticky of an open file or directory. */
  void setMode(int descriptor, int mode);

  /** Sets the permission bits of what the name stands for, which is no symbolic link. */
  void setMode(int directory, String name, int mode);

  /** Sets the owner of an open file or directory. */
  void setOwner(int descriptor, long uid, long gid);

  /** Sets the time of the last change, and of the last access, in seconds since 1970. */
  void setTime(int directory, String name, long seconds);

  /** Sets the times of an open file or directory. */
  void setTime(int descriptor, long seconds);

  /** Sets an extended attribute of what the name stands for. */
  void setAttribute(int directory, String name, String attribute, byte[] value);

  /** The extended attributes of what the name stands for. */
  Map<String, byte[]> attributes(int directory, String name);

  /** Writes all of a direct buffer. */
  void write(int descriptor, ByteBuffer direct);

  /**
   * Reads what comes next.
   *
   * @return bytes read; 0 at the end
   */
  int read(int descriptor, byte[] into);

  /**
   * Copies everything from the place of one open file to the place of another, inside the kernel
   * where the file systems can; shared blocks count as copied.
   *
   * @return bytes copied
   */
  long copyContent(int from, int to);

  /**
   * Writes everything of a file system that is only in memory to its disk, and waits for it.
   *
   * @param path a directory of that file system
   */
  void syncFileSystem(Path path);

  /** Closes a descriptor; an error is ignored. */
  void close(int descriptor);
}
