package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.DeviceNode;
import dev.jcompose.engine.runtime.Mount;
import java.nio.file.Files;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The part of a program that makes a container's mounts below its root. */
final class MountSteps {
  private static final String ROOT = "root";
  static final String DEV = "dev";
  private static final String HOST_CGROUPS = "/sys/fs/cgroup";

  /** Files of /proc that show figures only; tools such as lxcfs mount better ones over them. */
  private static final Set<String> PROC_FILES =
      Set.of(
          "/proc/cpuinfo",
          "/proc/diskstats",
          "/proc/loadavg",
          "/proc/meminfo",
          "/proc/slabinfo",
          "/proc/stat",
          "/proc/swaps",
          "/proc/uptime");

  private static final Constant QUIET = Flags.MS_NOSUID.or(Flags.MS_NODEV).or(Flags.MS_NOEXEC);
  private static final Map<String, Integer> DEVICES =
      new java.util.TreeMap<>(Map.of("null", 3, "zero", 5, "full", 7, "random", 8, "urandom", 9));
  private static final Map<String, String> LINKS =
      new java.util.TreeMap<>(
          Map.of(
              "fd", "/proc/self/fd",
              "stdin", "/proc/self/fd/0",
              "stdout", "/proc/self/fd/1",
              "stderr", "/proc/self/fd/2",
              "core", "/proc/kcore",
              "ptmx", "pts/ptmx"));

  private final Steps steps;
  private final List<CgroupMount> hierarchies;
  private final boolean ownCgroups;
  private final String group;
  private final IdentityHashMap<Mount, String> sources = new IdentityHashMap<>();
  private boolean hasDev;
  private boolean readOnlyDev;

  /**
   * @param hierarchies what the host has mounted for control groups
   * @param ownCgroups whether the container has a control group namespace of its own
   * @param group path of its control group, with a leading slash
   */
  MountSteps(Steps steps, List<CgroupMount> hierarchies, boolean ownCgroups, String group) {
    this.steps = steps;
    this.ownCgroups = ownCgroups;
    this.group = group;
    this.hierarchies = hierarchies;
  }

  boolean hasDev() {
    return hasDev;
  }

  /**
   * Opens the sources of binds. This comes before anything is made private, so that a bind that
   * shall go on receiving or sending mounts still belongs to the host's group.
   */
  void openSources(List<Mount> mounts) {
    for (Mount mount : mounts) {
      if (mount instanceof Mount.Bind bind) {
        String tree = steps.program.fresh("bind");
        sources.put(bind, tree);
        Constant flags =
            bind.recursive() ? Flags.OPEN_TREE_CLONE.or(Flags.RECURSIVE) : Flags.OPEN_TREE_CLONE;
        steps
            .program
            .call(
                Syscall.OPEN_TREE,
                Constant.AT_FDCWD.argument(),
                arg(bind.source().toString()),
                flags.argument())
            .about("open " + bind.source() + " to mount it on " + bind.target())
            .save(tree);
      }
    }
  }

  /**
   * Mounts layers over each other and takes them off their places again, which leaves detached
   * mounts. This comes after everything was made private, so that the host sees none of them.
   */
  void openLayers(List<Mount> mounts, RootSteps overlays) {
    for (Mount mount : mounts) {
      if (mount instanceof Mount.Layers layers) {
        String place = steps.program.fresh("layers");
        String inside = steps.program.fresh("inside");
        String tree = steps.program.fresh("tree");
        sources.put(layers, tree);
        overlays.readOnly(layers);
        steps
            .program
            .call(
                Syscall.OPENAT,
                Constant.AT_FDCWD.argument(),
                arg(layers.place().toString()),
                steps.directoryPath().argument())
            .about("open the layers")
            .save(place);
        steps
            .openInRoot(place, layers.path(), Flags.PATH, inside)
            .about("open " + layers.path() + " to mount it on " + layers.target());
        steps
            .program
            .call(
                Syscall.OPEN_TREE,
                saved(inside),
                arg(""),
                Flags.OPEN_TREE_CLONE.or(Flags.EMPTY_PATH).argument())
            .about("open " + layers.path() + " to mount it on " + layers.target())
            .save(tree);
        steps
            .program
            .call(
                Syscall.UMOUNT2,
                arg(layers.place().toString()),
                new Constant("MNT_DETACH", Abi.MNT_DETACH).argument())
            .about("let go of the layers");
      }
    }
  }

  void mount(Mount mount) {
    refuseInsideProc(mount);
    switch (mount) {
      case Mount.Bind bind -> bind(bind);
      case Mount.Layers layers ->
          steps.attach(
              Objects.requireNonNull(sources.get(layers)),
              layers.directory()
                  ? steps.directoryTarget(ROOT, layers.target())
                  : steps.fileTarget(ROOT, layers.target()),
              layers.target());
      case Mount.Tmpfs tmpfs -> tmpfs(tmpfs);
      case Mount.Proc proc -> filesystem(proc.target(), "proc", QUIET, "");
      case Mount.Sysfs sysfs ->
          filesystem(
              sysfs.target(), "sysfs", sysfs.readOnly() ? QUIET.or(Flags.MS_RDONLY) : QUIET, "");
      case Mount.Dev dev -> dev(dev);
      case Mount.Nodes nodes -> nodes(nodes);
      case Mount.Filesystem any ->
          steps.mountOn(
              steps.directoryTarget(ROOT, any.target()),
              any.target(),
              any.source(),
              any.type(),
              flags(any.flags()),
              any.data());
      case Mount.Devpts devpts ->
          filesystem(
              devpts.target(),
              "devpts",
              Flags.MS_NOSUID.or(Flags.MS_NOEXEC),
              "newinstance,ptmxmode=0666,mode=0620,gid=5");
      case Mount.Mqueue mqueue -> filesystem(mqueue.target(), "mqueue", QUIET, "");
      case Mount.Cgroup cgroup -> cgroup(cgroup);
    }
  }

  /** What programs learn from /proc, and write to it, must come from the kernel. */
  private static void refuseInsideProc(Mount mount) {
    String target = "/" + Steps.relative(mount.target());
    boolean inside = target.equals("/proc") || target.startsWith("/proc/");
    boolean proc =
        mount instanceof Mount.Proc
            || (mount instanceof Mount.Filesystem any && any.type().equals("proc"));
    if (inside && !proc && !PROC_FILES.contains(target)) {
      throw new IllegalArgumentException(
          "\""
              + mount.target()
              + "\" cannot be mounted over, as it belongs to /proc; choose another target");
    }
  }

  private void filesystem(String target, String type, Constant flags, String data) {
    steps.mountOn(steps.directoryTarget(ROOT, target), target, type, type, flags, data);
  }

  private void bind(Mount.Bind bind) {
    String tree = java.util.Objects.requireNonNull(sources.get(bind));
    String target =
        Files.isDirectory(bind.source())
            ? steps.directoryTarget(ROOT, bind.target())
            : steps.fileTarget(ROOT, bind.target());
    Constant attributes = Constant.NONE;
    if (bind.readOnly()) {
      attributes = attributes.or(new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY));
    }
    if (attributes.value() != 0) {
      steps
          .setAttributes(tree, attributes, bind.recursive() && bind.readOnlyBelow())
          .about("make the mount on " + bind.target() + " read-only");
    }
    for (String restriction : bind.restrictions()) {
      boolean below = restriction.startsWith("r");
      steps
          .setAttributes(tree, attribute(below ? restriction.substring(1) : restriction), below)
          .about("make the mount on " + bind.target() + " " + restriction);
    }
    steps.attach(tree, target, bind.target());
    steps.propagate(tree, bind.target(), Flags.propagation(bind.propagation()));
  }

  private void tmpfs(Mount.Tmpfs tmpfs) {
    Constant flags = Constant.NONE;
    StringBuilder data = new StringBuilder("mode=").append(Integer.toOctalString(tmpfs.mode()));
    if (tmpfs.sizeBytes() != 0) {
      data.append(",size=").append(tmpfs.sizeBytes());
    }
    for (String option : tmpfs.options()) {
      if (option.matches("(uid|gid|nr_inodes|nr_blocks)=\\d+")) {
        data.append(',').append(option);
        continue;
      }
      flags = flags.or(Flags.mount(option));
    }
    filesystem(tmpfs.target(), "tmpfs", flags, data.toString());
  }

  private void dev(Mount.Dev dev) {
    hasDev = true;
    boolean readOnly = dev.flags().contains("ro");
    filesystem(
        dev.target(),
        "tmpfs",
        flags(dev.flags().stream().filter(flag -> !flag.equals("ro")).toList()),
        dev.data());
    steps.openInRoot(ROOT, dev.target(), steps.directoryPath(), DEV);
    DEVICES.forEach((name, minor) -> node(DEV, name, 'c', 1, minor, 0666));
    node(DEV, "tty", 'c', 5, 0, 0666);
    LINKS.forEach((name, target) -> link(DEV, name, target));
    if (readOnly) {
      readOnlyDev = true;
    }
  }

  private LaunchProgram.Step link(String directory, String name, String target) {
    return steps
        .program
        .call(Syscall.SYMLINKAT, arg(target), saved(directory), arg(name))
        .about("make the link /dev/" + name);
  }

  /** In a directory of the image: what is there already is left alone, and not relied upon. */
  private void nodes(Mount.Nodes nodes) {
    String directory = steps.directoryTarget(ROOT, nodes.target());
    DEVICES.forEach(
        (name, minor) -> node(directory, name, 'c', 1, minor, 0666).tolerating(Errno.EEXIST));
    node(directory, "tty", 'c', 5, 0, 0666).tolerating(Errno.EEXIST);
    LINKS.forEach((name, target) -> link(directory, name, target).tolerating(Errno.EEXIST));
  }

  /** What had to wait until all nodes and the console are made. */
  void finishDev() {
    if (readOnlyDev) {
      steps
          .setAttributes(DEV, new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY), false)
          .about("make /dev read-only");
    }
  }

  private static Constant flags(List<String> names) {
    return names.stream().map(Flags::mount).reduce(Constant.NONE, Constant::or);
  }

  private static Constant attribute(String restriction) {
    return switch (restriction) {
      case "nosuid" -> new Constant("MOUNT_ATTR_NOSUID", Abi.MOUNT_ATTR_NOSUID);
      case "nodev" -> new Constant("MOUNT_ATTR_NODEV", Abi.MOUNT_ATTR_NODEV);
      case "noexec" -> new Constant("MOUNT_ATTR_NOEXEC", Abi.MOUNT_ATTR_NOEXEC);
      case "noatime" -> new Constant("MOUNT_ATTR_NOATIME", Abi.MOUNT_ATTR_NOATIME);
      case "nodiratime" -> new Constant("MOUNT_ATTR_NODIRATIME", Abi.MOUNT_ATTR_NODIRATIME);
      case "strictatime" -> new Constant("MOUNT_ATTR_STRICTATIME", Abi.MOUNT_ATTR_STRICTATIME);
      case "nosymfollow" -> new Constant("MOUNT_ATTR_NOSYMFOLLOW", Abi.MOUNT_ATTR_NOSYMFOLLOW);
      default ->
          throw new IllegalArgumentException(
              "\"" + restriction + "\" cannot be set on a bind mount");
    };
  }

  private LaunchProgram.Step node(
      String directory, String name, char type, int major, int minor, int mode) {
    int kind =
        switch (type) {
          case 'b' -> Abi.S_IFBLK;
          case 'p' -> Abi.S_IFIFO;
          default -> Abi.S_IFCHR;
        };
    return steps
        .program
        .call(
            Syscall.MKNODAT,
            saved(directory),
            arg(name),
            Argument.mode(kind | mode),
            arg((minor & 0xffL) | ((long) major << 8) | ((minor & ~0xffL) << 12)))
        .about("make the device node " + name);
  }

  /** A node the user asked for; something of that name in the image gives way. */
  void device(DeviceNode device) {
    List<String> names = Steps.names(device.path());
    String parent = steps.makeDirectories(ROOT, names.subList(0, names.size() - 1));
    String name = names.getLast();
    steps
        .program
        .call(Syscall.UNLINKAT, saved(parent), arg(name), arg(0))
        .about("replace " + device.path())
        .tolerating(Errno.ENOENT);
    node(parent, name, device.type(), device.major(), device.minor(), device.mode());
    steps
        .program
        .call(
            Syscall.FCHOWNAT,
            saved(parent),
            arg(name),
            arg(device.uid()),
            arg(device.gid()),
            arg(Abi.AT_SYMLINK_NOFOLLOW))
        .about("set the owner of " + device.path());
  }

  private void cgroup(Mount.Cgroup cgroup) {
    boolean unified = hierarchies.size() == 1 && hierarchies.getFirst().type().equals("cgroup2");
    if (unified) {
      if (ownCgroups) {
        filesystem(cgroup.target(), "cgroup2", cgroupFlags(cgroup), "");
      } else {
        // A bind: mounting it anew in the host's namespace would change the host's options.
        bindCgroup(cgroup, HOST_CGROUPS, cgroup.target());
      }
      return;
    }
    filesystem(cgroup.target(), "tmpfs", QUIET, "mode=755,size=1m");
    for (CgroupMount hierarchy : hierarchies) {
      String target = cgroup.target() + "/" + hierarchy.directory();
      if (ownCgroups) {
        filesystem(target, hierarchy.type(), cgroupFlags(cgroup), hierarchy.options());
      } else {
        // Only its own group, where programs look for the limits that hold for them.
        bindCgroup(cgroup, HOST_CGROUPS + "/" + hierarchy.directory() + group, target);
      }
    }
    for (CgroupMount hierarchy : hierarchies) {
      for (String alias : hierarchy.aliases()) {
        String directory = steps.program.fresh("cgroups");
        steps.openInRoot(ROOT, cgroup.target(), steps.directoryPath(), directory);
        steps
            .program
            .call(Syscall.SYMLINKAT, arg(hierarchy.directory()), saved(directory), arg(alias))
            .about("make the link " + cgroup.target() + "/" + alias);
      }
    }
    if (cgroup.readOnly()) {
      String top = program("cgroups");
      steps.openInRoot(ROOT, cgroup.target(), steps.directoryPath(), top);
      steps
          .setAttributes(top, new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY), false)
          .about("make " + cgroup.target() + " read-only");
    }
  }

  private static Constant cgroupFlags(Mount.Cgroup cgroup) {
    return cgroup.readOnly() ? QUIET.or(Flags.MS_RDONLY) : QUIET;
  }

  private void bindCgroup(Mount.Cgroup cgroup, String source, String target) {
    String tree = program("cgroups");
    steps
        .program
        .call(
            Syscall.OPEN_TREE,
            Constant.AT_FDCWD.argument(),
            arg(source),
            Flags.OPEN_TREE_CLONE.or(Flags.RECURSIVE).argument())
        .about("open the control groups at " + source)
        .save(tree);
    if (cgroup.readOnly()) {
      steps
          .setAttributes(tree, new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY), true)
          .about("make " + target + " read-only");
    }
    steps.attach(tree, steps.directoryTarget(ROOT, target), target);
  }

  private String program(String stem) {
    return steps.program.fresh(stem);
  }

  /** Hides a path: an empty directory over a directory, /dev/null over anything else. */
  void mask(String path) {
    String at = program("masked");
    String directory = program("directory");
    String end = program("seen");
    steps
        .openInRoot(ROOT, path, steps.directoryPath(), at)
        .tolerating(Errno.ENOENT, Errno.ENOTDIR)
        .ifPositive(directory);
    steps.openInRoot(ROOT, path, Flags.PATH, at).tolerating(Errno.ENOENT).ifTolerated(end);
    String tree = program("null");
    // The container's own node: a bind of the host's would let it change the host's owner and mode.
    steps
        .program
        .call(
            Syscall.OPEN_TREE,
            hasDev ? saved(DEV) : Constant.AT_FDCWD.argument(),
            arg(hasDev ? "null" : "/dev/null"),
            Flags.OPEN_TREE_CLONE.argument())
        .about("open /dev/null")
        .save(tree);
    steps
        .setAttributes(tree, new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY), false)
        .about("restrict /dev/null");
    steps.attach(tree, at, path);
    steps.program.jump(end);
    steps.program.label(directory);
    steps.mountOn(
        at, path, "tmpfs", "tmpfs", QUIET.or(Flags.MS_RDONLY), "size=4k,nr_inodes=1,mode=755");
    steps.program.label(end);
  }

  /** Makes a path and what is mounted below it read-only. */
  void protect(String path) {
    String at = program("protected");
    String tree = program("tree");
    String end = program("writable");
    steps.openInRoot(ROOT, path, Flags.PATH, at).tolerating(Errno.ENOENT).ifTolerated(end);
    steps
        .program
        .call(
            Syscall.OPEN_TREE,
            saved(at),
            arg(""),
            Flags.OPEN_TREE_CLONE.or(Flags.EMPTY_PATH).or(Flags.RECURSIVE).argument())
        .about("open " + path)
        .save(tree);
    steps
        .setAttributes(tree, new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY), true)
        .about("make " + path + " read-only");
    steps.attach(tree, at, path);
    steps.program.label(end);
  }
}
