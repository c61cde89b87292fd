package dev.jcompose.engine.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

/** Capabilities in the order of their numbers (include/uapi/linux/capability.h). */
public enum Capability {
  CHOWN(0),
  DAC_OVERRIDE(1),
  DAC_READ_SEARCH(2),
  FOWNER(3),
  FSETID(4),
  KILL(5),
  SETGID(6),
  SETUID(7),
  SETPCAP(8),
  LINUX_IMMUTABLE(9),
  NET_BIND_SERVICE(10),
  NET_BROADCAST(11),
  NET_ADMIN(12),
  NET_RAW(13),
  IPC_LOCK(14),
  IPC_OWNER(15),
  SYS_MODULE(16),
  SYS_RAWIO(17),
  SYS_CHROOT(18),
  SYS_PTRACE(19),
  SYS_PACCT(20),
  SYS_ADMIN(21),
  SYS_BOOT(22),
  SYS_NICE(23),
  SYS_RESOURCE(24),
  SYS_TIME(25),
  SYS_TTY_CONFIG(26),
  MKNOD(27),
  LEASE(28),
  AUDIT_WRITE(29),
  AUDIT_CONTROL(30),
  SETFCAP(31),
  MAC_OVERRIDE(32),
  MAC_ADMIN(33),
  SYSLOG(34),
  WAKE_ALARM(35),
  BLOCK_SUSPEND(36),
  AUDIT_READ(37),
  PERFMON(38),
  BPF(39),
  CHECKPOINT_RESTORE(40);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** Its bit in a set. */
  public long bit() {
    return 1L << number;
  }

  /** Whether a set of bits has it. */
  public boolean in(long set) {
    return (set & bit()) != 0;
  }

  /**
   * What this process can give to others: its own effective set. An engine that runs in a container
   * or a service unit may have been given less than all.
   */
  public static long ofEngine() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the engine's own capabilities", e);
    }
  }

  /** Every capability known here. */
  public static long all() {
    return (1L << values().length) - 1;
  }

  /**
   * Reads {@code NET_ADMIN} or {@code cap_net_admin}.
   *
   * @throws IllegalArgumentException in a sentence, when there is none of that name
   */
  public static Capability parse(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String plain = upper.startsWith("CAP_") ? upper.substring(4) : upper;
    for (Capability capability : values()) {
      if (capability.name().equals(plain)) {
        return capability;
      }
    }
    throw new IllegalArgumentException(
        "\"" + name + "\" is not a capability; capabilities(7) lists them, for example NET_ADMIN");
  }

  /**
   * Docker's rule for {@code cap_add} and {@code cap_drop}: start from the standard set, take away
   * what is dropped, add what is added; {@code ALL} stands for every one.
   *
   * @param most what the engine itself can give
   */
  public static long resolve(Collection<String> add, Collection<String> drop, long most) {
    boolean dropAll = drop.stream().anyMatch(Capability::isAll);
    boolean addAll = add.stream().anyMatch(Capability::isAll);
    long set = dropAll ? 0 : addAll ? all() : Capabilities.STANDARD;
    if (dropAll && addAll) {
      set = all();
    }
    for (String name : drop) {
      if (!isAll(name)) {
        set &= ~parse(name).bit();
      }
    }
    for (String name : add) {
      if (!isAll(name)) {
        set |= parse(name).bit();
      }
    }
    return set & most;
  }

  private static boolean isAll(String name) {
    return name.equalsIgnoreCase("ALL") || name.equalsIgnoreCase("CAP_ALL");
  }
}
