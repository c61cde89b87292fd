package dev.jcompose.engine.linux;

import java.util.Locale;

/** System calls the engine and its launch programs make, with their numbers. */
public enum Syscall {
  /**
   * No call of the kernel: the launch interpreter stays as process 1, forwards signals to the
   * process in its argument, reaps orphans, and ends as that process ends.
   */
  REAP(-1, -1),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  CLOSE(3, 57),
  READ(0, 63),
  WRITE(1, 64),
  CLOSE_RANGE(436, 436),
  UNSHARE(272, 97),
  CLONE(56, 220),
  SETNS(308, 268),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  PIVOT_ROOT(155, 41),
  CHDIR(80, 49),
  FCHDIR(81, 50),
  CHROOT(161, 51),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  SYMLINKAT(266, 36),
  UNLINKAT(263, 35),
  FCHOWNAT(260, 54),
  FCHOWN(93, 55),
  FCHMOD(91, 52),
  DUP3(292, 24),
  FCNTL(72, 25),
  IOCTL(16, 29),
  PRCTL(157, 167),
  SETSID(112, 157),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  PRLIMIT64(302, 261),
  SETGROUPS(116, 159),
  SETGID(106, 144),
  SETUID(105, 146),
  CAPSET(126, 91),
  SECCOMP(317, 277),
  UMASK(95, 166),
  EXECVE(59, 221),
  EXIT_GROUP(231, 94),
  GETPID(39, 172),
  KILL(62, 129),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  MOUNT_SETATTR(442, 442),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  KEYCTL(250, 219),
  SOCKET(41, 198),
  CONNECT(42, 203),
  BIND(49, 200),
  LISTEN(50, 201),
  ACCEPT4(288, 242),
  SOCKETPAIR(53, 199),
  SENDMSG(46, 211),
  RECVMSG(47, 212),
  RT_SIGPROCMASK(14, 135),
  RT_SIGTIMEDWAIT(128, 137),
  SETPGID(109, 154),
  PIDFD_OPEN(434, 434),
  PIDFD_SEND_SIGNAL(424, 424),
  PIDFD_GETFD(438, 438),
  TEE(276, 77),
  WAITID(247, 95),
  EPOLL_CREATE1(291, 20),
  EPOLL_CTL(233, 21),
  EPOLL_PWAIT(281, 22),
  EVENTFD2(290, 19),
  PIPE2(293, 59),
  MEMFD_CREATE(319, 279),
  LSETXATTR(189, 6),
  LGETXATTR(192, 9),
  LLISTXATTR(195, 12),
  BPF(321, 280),
  PERSONALITY(135, 92),
  IOPRIO_SET(251, 30),
  INOTIFY_INIT1(294, 26),
  INOTIFY_ADD_WATCH(254, 27);

  private final int onX86;
  private final int onArm;

  Syscall(int onX86, int onArm) {
    this.onX86 = onX86;
    this.onArm = onArm;
  }

  /** Its number on a processor. */
  public int number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> onX86;
      case AARCH64 -> onArm;
    };
  }

  /** The kernel's name of it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
