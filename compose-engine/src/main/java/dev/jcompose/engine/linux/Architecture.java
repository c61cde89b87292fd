package dev.jcompose.engine.linux;

/** The processors the engine runs on, and what differs between them in the kernel's interface. */
public enum Architecture {
  X86_64("x86_64", 62, 0200000, 0400000, 12),
  AARCH64("aarch64", 183, 040000, 0100000, 16);

  private final String label;
  private final int elfMachine;
  private final int directoryFlag;
  private final int noFollowFlag;
  private final int epollEventBytes;

  Architecture(
      String label, int elfMachine, int directoryFlag, int noFollowFlag, int epollEventBytes) {
    this.label = label;
    this.elfMachine = elfMachine;
    this.directoryFlag = directoryFlag;
    this.noFollowFlag = noFollowFlag;
    this.epollEventBytes = epollEventBytes;
  }

  /**
   * The processor this Java machine runs on.
   *
   * @throws IllegalStateException on any other than these two
   */
  public static Architecture current() {
    String name = System.getProperty("os.arch", "");
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default ->
          throw new IllegalStateException(
              "the engine runs on x86-64 and aarch64, and this machine is \"" + name + "\"");
    };
  }

  /** The kernel's name of it, as uname(1) prints it. */
  public String label() {
    return label;
  }

  /** Value of e_machine in ELF files. */
  public int elfMachine() {
    return elfMachine;
  }

  /** O_DIRECTORY. */
  public int directoryFlag() {
    return directoryFlag;
  }

  /** O_NOFOLLOW. */
  public int noFollowFlag() {
    return noFollowFlag;
  }

  /** Size of struct epoll_event, which is packed on x86-64. */
  public int epollEventBytes() {
    return epollEventBytes;
  }
}
