package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.longs;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sequences of calls that several parts of a program need. */
final class Steps {
  /** A fixed descriptor number for calls that take a path: /proc/self/fd/1000. */
  static final int FIXED = 1000;

  /** MOUNT_ATTR__ATIME: these are one number, not bits, so the old one is cleared. */
  private static final long TIMES_OF_ACCESS = 0x70;

  private static final String FIXED_PATH = "/proc/self/fd/" + FIXED;

  final LaunchProgram.Builder program;
  final Architecture architecture;

  Steps(LaunchProgram.Builder program, Architecture architecture) {
    this.program = program;
    this.architecture = architecture;
  }

  /** Writes a file of the host's /proc or /sys, while it can still be seen. */
  void writeFile(String path, String text, String about) {
    String file = program.fresh("file");
    program
        .call(Syscall.OPENAT, Constant.AT_FDCWD.argument(), arg(path), Flags.WRITE_ONLY.argument())
        .about(about)
        .save(file);
    program
        .call(
            Syscall.WRITE,
            saved(file),
            Argument.bytes(text),
            arg(text.getBytes(StandardCharsets.UTF_8).length))
        .about(about);
  }

  Constant directoryPath() {
    return Flags.PATH.or(Flags.directory(architecture));
  }

  /** Opens a path below a saved directory; links are followed, and never lead out of it. */
  LaunchProgram.Step openInRoot(String directory, String path, Constant flags, String save) {
    long resolve = Abi.RESOLVE_IN_ROOT | Abi.RESOLVE_NO_MAGICLINKS;
    return program
        .call(
            Syscall.OPENAT2,
            saved(directory),
            arg(relative(path)),
            longs(
                "{" + flags.name() + ", RESOLVE_IN_ROOT|RESOLVE_NO_MAGICLINKS}",
                flags.value(),
                0,
                resolve),
            arg(24))
        .about("open " + path + " in the container")
        .save(save);
  }

  /** Makes the directories of a path below the saved root that are not there. */
  String makeDirectories(String root, List<String> names) {
    String parent = root;
    StringBuilder path = new StringBuilder();
    for (String name : names) {
      path.append('/').append(name);
      program
          .call(Syscall.MKDIRAT, saved(parent), arg(name), Argument.mode(0755))
          .about("make directory " + path + " in the container")
          .tolerating(Errno.EEXIST, Errno.EROFS);
      String next = program.fresh("dir");
      openInRoot(root, path.toString(), directoryPath(), next);
      parent = next;
    }
    return parent;
  }

  /** Makes a mount target if it is missing, and opens it. */
  String directoryTarget(String root, String target) {
    return makeDirectories(root, names(target));
  }

  /** As {@link #directoryTarget}, for a file. */
  String fileTarget(String root, String target) {
    List<String> names = names(target);
    String parent = makeDirectories(root, names.subList(0, names.size() - 1));
    program
        .call(
            Syscall.MKNODAT,
            saved(parent),
            arg(names.getLast()),
            Argument.mode(Abi.S_IFREG | 0644),
            arg(0))
        .about("make file " + target + " in the container")
        .tolerating(Errno.EEXIST, Errno.EROFS);
    String file = program.fresh("file");
    openInRoot(root, target, Flags.PATH, file);
    return file;
  }

  /** Mounts a file system on a saved descriptor. */
  void mountOn(
      String descriptor, String target, String source, String type, Constant flags, String data) {
    fix(descriptor);
    program
        .call(Syscall.MOUNT, arg(source), arg(FIXED_PATH), arg(type), flags.argument(), arg(data))
        .about("mount " + type + " on " + target);
  }

  /** Changes the propagation of a mount whose root a saved descriptor is. */
  void propagate(String descriptor, String target, Constant propagation) {
    fix(descriptor);
    program
        .call(
            Syscall.MOUNT,
            arg(0),
            arg(FIXED_PATH),
            arg(0),
            propagation.or(Flags.MS_REC).argument(),
            arg(0))
        .about("set propagation of " + target);
  }

  private void fix(String descriptor) {
    program
        .call(Syscall.DUP3, saved(descriptor), arg(FIXED), Flags.CLOEXEC.argument())
        .about("use a descriptor as a path");
  }

  /** Attaches a detached mount. */
  void attach(String tree, String descriptor, String target) {
    program
        .call(
            Syscall.MOVE_MOUNT,
            saved(tree),
            arg(""),
            saved(descriptor),
            arg(""),
            Flags.MOVE_BY_DESCRIPTOR.argument())
        .about("mount on " + target);
  }

  /** Sets attributes of a mount, and of those below it if asked. */
  LaunchProgram.Step setAttributes(String tree, Constant attributes, boolean recursive) {
    Constant flags = recursive ? Flags.EMPTY_PATH.or(Flags.RECURSIVE) : Flags.EMPTY_PATH;
    return program.call(
        Syscall.MOUNT_SETATTR,
        saved(tree),
        arg(""),
        flags.argument(),
        longs(
            "{set " + attributes.name() + "}",
            attributes.value(),
            (attributes.value() & TIMES_OF_ACCESS) == 0 ? 0 : TIMES_OF_ACCESS,
            0,
            0),
        arg(32));
  }

  static String relative(String path) {
    String trimmed = String.join("/", names(path));
    return trimmed.isEmpty() ? "." : trimmed;
  }

  /** The names of an absolute path, without empty ones and single dots. */
  static List<String> names(String path) {
    return java.util.Arrays.stream(path.split("/", -1))
        .filter(name -> !name.isEmpty() && !name.equals("."))
        .toList();
  }
}
