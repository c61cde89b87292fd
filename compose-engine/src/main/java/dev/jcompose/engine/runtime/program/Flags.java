package dev.jcompose.engine.runtime.program;

import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.runtime.Mount;

/** Named flags of the calls a program makes. */
final class Flags {
  private Flags() {}

  static final Constant CLOEXEC = new Constant("O_CLOEXEC", Abi.O_CLOEXEC);
  static final Constant PATH = new Constant("O_PATH", Abi.O_PATH).or(CLOEXEC);
  static final Constant READ_WRITE =
      new Constant("O_RDWR", Abi.O_RDWR).or(new Constant("O_NOCTTY", Abi.O_NOCTTY)).or(CLOEXEC);
  static final Constant READ_ONLY =
      new Constant("O_RDONLY|O_NOCTTY|O_CLOEXEC", Abi.O_RDONLY | Abi.O_NOCTTY | Abi.O_CLOEXEC);
  static final Constant READ_NOW = READ_ONLY.or(new Constant("O_NONBLOCK", Abi.O_NONBLOCK));
  static final Constant WRITE_ONLY =
      new Constant("O_WRONLY", Abi.O_WRONLY).or(new Constant("O_NOCTTY", Abi.O_NOCTTY)).or(CLOEXEC);

  static final Constant MS_RDONLY = new Constant("MS_RDONLY", Abi.MS_RDONLY);
  static final Constant MS_NOSUID = new Constant("MS_NOSUID", Abi.MS_NOSUID);
  static final Constant MS_NODEV = new Constant("MS_NODEV", Abi.MS_NODEV);
  static final Constant MS_NOEXEC = new Constant("MS_NOEXEC", Abi.MS_NOEXEC);
  static final Constant MS_STRICTATIME = new Constant("MS_STRICTATIME", Abi.MS_STRICTATIME);
  static final Constant MS_REC = new Constant("MS_REC", Abi.MS_REC);
  static final Constant MS_BIND = new Constant("MS_BIND", Abi.MS_BIND);
  static final Constant MS_PRIVATE = new Constant("MS_PRIVATE", Abi.MS_PRIVATE);
  static final Constant MS_SLAVE = new Constant("MS_SLAVE", Abi.MS_SLAVE);
  static final Constant MS_SHARED = new Constant("MS_SHARED", Abi.MS_SHARED);

  static final Constant CLONE_NEWTIME = new Constant("CLONE_NEWTIME", Abi.CLONE_NEWTIME);
  static final Constant CLONE_NEWNS = new Constant("CLONE_NEWNS", Abi.CLONE_NEWNS);
  static final Constant CLONE_NEWCGROUP = new Constant("CLONE_NEWCGROUP", Abi.CLONE_NEWCGROUP);
  static final Constant CLONE_NEWUTS = new Constant("CLONE_NEWUTS", Abi.CLONE_NEWUTS);
  static final Constant CLONE_NEWIPC = new Constant("CLONE_NEWIPC", Abi.CLONE_NEWIPC);
  static final Constant CLONE_NEWPID = new Constant("CLONE_NEWPID", Abi.CLONE_NEWPID);
  static final Constant CLONE_NEWNET = new Constant("CLONE_NEWNET", Abi.CLONE_NEWNET);
  static final Constant CHILD = new Constant("SIGCHLD", Abi.SIGCHLD);
  static final Constant CLONE_PARENT = new Constant("CLONE_PARENT", Abi.CLONE_PARENT).or(CHILD);

  static final Constant EMPTY_PATH = new Constant("AT_EMPTY_PATH", Abi.AT_EMPTY_PATH);
  static final Constant OPEN_TREE_CLONE =
      new Constant("OPEN_TREE_CLONE", Abi.OPEN_TREE_CLONE).or(CLOEXEC);
  static final Constant RECURSIVE = new Constant("AT_RECURSIVE", Abi.AT_RECURSIVE);
  static final Constant MOVE_BY_DESCRIPTOR =
      new Constant(
          "MOVE_MOUNT_F_EMPTY_PATH|MOVE_MOUNT_T_EMPTY_PATH",
          Abi.MOVE_MOUNT_F_EMPTY_PATH | Abi.MOVE_MOUNT_T_EMPTY_PATH);

  static Constant propagation(Mount.Propagation propagation) {
    return switch (propagation) {
      case PRIVATE -> MS_PRIVATE;
      case SLAVE -> MS_SLAVE;
      case SHARED -> MS_SHARED;
      case UNBINDABLE -> new Constant("MS_UNBINDABLE", Abi.MS_UNBINDABLE);
    };
  }

  /** The flag of mount(2) that mount(8) calls by this name. */
  static Constant mount(String name) {
    return switch (name) {
      case "ro" -> MS_RDONLY;
      case "nosuid" -> MS_NOSUID;
      case "nodev" -> MS_NODEV;
      case "noexec" -> MS_NOEXEC;
      case "sync" -> new Constant("MS_SYNCHRONOUS", Abi.MS_SYNCHRONOUS);
      case "mand" -> new Constant("MS_MANDLOCK", Abi.MS_MANDLOCK);
      case "dirsync" -> new Constant("MS_DIRSYNC", Abi.MS_DIRSYNC);
      case "nosymfollow" -> new Constant("MS_NOSYMFOLLOW", Abi.MS_NOSYMFOLLOW);
      case "noatime" -> new Constant("MS_NOATIME", Abi.MS_NOATIME);
      case "nodiratime" -> new Constant("MS_NODIRATIME", Abi.MS_NODIRATIME);
      case "silent" -> new Constant("MS_SILENT", Abi.MS_SILENT);
      case "relatime" -> new Constant("MS_RELATIME", Abi.MS_RELATIME);
      case "iversion" -> new Constant("MS_I_VERSION", Abi.MS_I_VERSION);
      case "strictatime" -> MS_STRICTATIME;
      case "lazytime" -> new Constant("MS_LAZYTIME", Abi.MS_LAZYTIME);
      default -> throw new IllegalArgumentException("\"" + name + "\" is not a mount option");
    };
  }

  static Constant directory(Architecture architecture) {
    return new Constant("O_DIRECTORY", architecture.directoryFlag());
  }
}
