package dev.jcompose.engine.linux.jna;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.linux.WaitResult;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kernel of this machine. It has no state; one is enough. */
public final class JnaKernel implements Kernel {
  private static final int SPLICE_F_NONBLOCK = 2;

  private static final Architecture ARCHITECTURE = Architecture.current();
  private static final int SOCK_CLOEXEC = Abi.O_CLOEXEC;
  private static final int F_SETFL = 4;
  private static final int F_GETFL = 3;
  private static final int F_ADD_SEALS = 1033;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int ALL_SEALS = 0xf;
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int MFD_EXEC = 0x10;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int TIOCSWINSZ = 0x5414;
  private static final int UNIX_PATH_BYTES = 108;

  /** Spawned programs get their descriptors from 3 on; copies from here on cannot collide. */
  private static final int FIRST_SPARE_DESCRIPTOR = 64;

  // ---- descriptors

  @Override
  public int open(Path path, int flags, int mode) {
    return (int)
        call(
            "open " + path,
            Syscall.OPENAT,
            Abi.AT_FDCWD,
            string(path.toString()),
            flags | Abi.O_CLOEXEC,
            mode);
  }

  @Override
  public int openBelow(int directory, String path, int flags, int mode, long resolve) {
    Memory how = new Memory(24);
    how.setLong(0, flags | Abi.O_CLOEXEC);
    how.setLong(8, mode);
    how.setLong(16, resolve);
    return (int) call("openat2 " + path, Syscall.OPENAT2, directory, string(path), how, 24);
  }

  @Override
  public void close(int descriptor) {
    raw(Syscall.CLOSE, descriptor);
  }

  @Override
  public int read(int descriptor, ByteBuffer into) {
    return transfer("read", Syscall.READ, descriptor, into);
  }

  @Override
  public int write(int descriptor, ByteBuffer from) {
    return transfer("write", Syscall.WRITE, descriptor, from);
  }

  @Override
  public int duplicate(int fromPipe, int toPipe, int most) {
    while (true) {
      long result = raw(Syscall.TEE, fromPipe, toPipe, most, SPLICE_F_NONBLOCK);
      if (result >= 0) {
        return (int) result;
      }
      Errno errno = new Errno((int) -result);
      if (errno.equals(Errno.EAGAIN)) {
        return -1;
      }
      if (!errno.equals(Errno.EINTR)) {
        throw new KernelException("tee", errno);
      }
    }
  }

  private static int transfer(String name, Syscall call, int descriptor, ByteBuffer buffer) {
    long address = Pointer.nativeValue(Native.getDirectBufferPointer(buffer)) + buffer.position();
    while (true) {
      long result = raw(call, descriptor, address, buffer.remaining());
      if (result >= 0) {
        buffer.position(buffer.position() + (int) result);
        return (int) result;
      }
      Errno errno = new Errno((int) -result);
      if (errno.equals(Errno.EAGAIN)) {
        return -1;
      }
      if (!errno.equals(Errno.EINTR)) {
        throw new KernelException(name, errno);
      }
    }
  }

  @Override
  public int[] pipe(int flags) {
    Memory pair = new Memory(8);
    call("pipe2", Syscall.PIPE2, pair, flags | Abi.O_CLOEXEC);
    return pair.getIntArray(0, 2);
  }

  @Override
  public int[] socketPair() {
    Memory pair = new Memory(8);
    call("socketpair", Syscall.SOCKETPAIR, Abi.AF_UNIX, Abi.SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
    return pair.getIntArray(0, 2);
  }

  @Override
  public int socket(int family, int type, int protocol) {
    return (int) call("socket", Syscall.SOCKET, family, type | SOCK_CLOEXEC, protocol);
  }

  @Override
  public void setNonBlocking(int descriptor, boolean nonBlocking) {
    long flags = call("fcntl", Syscall.FCNTL, descriptor, F_GETFL);
    long wanted = nonBlocking ? flags | Abi.O_NONBLOCK : flags & ~Abi.O_NONBLOCK;
    call("fcntl", Syscall.FCNTL, descriptor, F_SETFL, wanted);
  }

  @Override
  public int receiveWithDescriptor(int socket, ByteBuffer into) {
    Memory vector = new Memory(16);
    vector.setPointer(0, Native.getDirectBufferPointer(into).share(into.position()));
    vector.setLong(8, into.remaining());
    Memory control = new Memory(24);
    control.clear();
    Memory message = new Memory(56);
    message.clear();
    message.setPointer(16, vector);
    message.setLong(24, 1);
    message.setPointer(32, control);
    message.setLong(40, control.size());
    long received;
    try {
      received = call("recvmsg", Syscall.RECVMSG, socket, message, 0x40000000L);
    } finally {
      // The message knows their addresses only, and the collector does not look there.
      Reference.reachabilityFence(vector);
      Reference.reachabilityFence(control);
      Reference.reachabilityFence(into);
    }
    into.position(into.position() + (int) received);
    // cmsghdr: length, level SOL_SOCKET, type SCM_RIGHTS, descriptor
    boolean rights = message.getLong(40) >= 20 && control.getInt(8) == 1 && control.getInt(12) == 1;
    return rights ? control.getInt(16) : -1;
  }

  /** A sockaddr_un. */
  private static Memory unixAddress(Path path) {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= UNIX_PATH_BYTES) {
      throw new KernelException("use socket " + path, Errno.ENAMETOOLONG);
    }
    Memory address = new Memory(2 + UNIX_PATH_BYTES);
    address.clear();
    address.setShort(0, (short) Abi.AF_UNIX);
    address.write(2, name, 0, name.length);
    return address;
  }

  @Override
  public int listen(Path path) {
    Memory address = unixAddress(path);
    int socket = socket(Abi.AF_UNIX, Abi.SOCK_STREAM, 0);
    try {
      call("bind " + path, Syscall.BIND, socket, address, address.size());
      call("listen " + path, Syscall.LISTEN, socket, 1);
      return socket;
    } catch (KernelException failed) {
      close(socket);
      throw failed;
    }
  }

  @Override
  public int accept(int socket) {
    return (int) call("accept", Syscall.ACCEPT4, socket, 0, 0, SOCK_CLOEXEC);
  }

  @Override
  public void sendDescriptor(Path path, int descriptor, String text) {
    Memory address = unixAddress(path);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Memory content = new Memory(bytes.length);
    content.write(0, bytes, 0, bytes.length);
    Memory vector = new Memory(16);
    vector.setPointer(0, content);
    vector.setLong(8, bytes.length);
    // cmsghdr: length, level SOL_SOCKET, type SCM_RIGHTS, descriptor
    Memory control = new Memory(24);
    control.clear();
    control.setLong(0, 20);
    control.setInt(8, 1);
    control.setInt(12, 1);
    control.setInt(16, descriptor);
    Memory message = new Memory(56);
    message.clear();
    message.setPointer(16, vector);
    message.setLong(24, 1);
    message.setPointer(32, control);
    message.setLong(40, control.size());
    int socket = socket(Abi.AF_UNIX, Abi.SOCK_STREAM, 0);
    try {
      call("connect " + path, Syscall.CONNECT, socket, address, address.size());
      call("sendmsg " + path, Syscall.SENDMSG, socket, message, 0);
    } finally {
      Reference.reachabilityFence(content);
      Reference.reachabilityFence(vector);
      Reference.reachabilityFence(control);
      close(socket);
    }
  }

  // ---- files

  @Override
  public void makeFifo(Path path, int mode) {
    makeNode(path, Abi.S_IFIFO | mode, 0, 0);
  }

  @Override
  public void makeNode(Path path, int mode, int major, int minor) {
    call(
        "mknod " + path,
        Syscall.MKNODAT,
        Abi.AT_FDCWD,
        string(path.toString()),
        mode,
        device(major, minor));
  }

  /** The kernel's 32-bit encoding of a device number, which mknod(2) takes. */
  private static long device(int major, int minor) {
    return (minor & 0xffL) | ((long) major << 8) | ((minor & ~0xffL) << 12);
  }

  @Override
  public void setExtendedAttribute(Path path, String name, byte[] value) {
    Memory content = new Memory(Math.max(1, value.length));
    content.write(0, value, 0, value.length);
    call(
        "setxattr " + name + " of " + path,
        Syscall.LSETXATTR,
        string(path.toString()),
        string(name),
        content,
        value.length,
        0);
  }

  @Override
  public Optional<byte[]> extendedAttribute(Path path, String name) {
    Memory content = new Memory(65536);
    Memory file = string(path.toString());
    Memory attribute = string(name);
    long result = raw(Syscall.LGETXATTR, file, attribute, content, content.size());
    if (result >= 0) {
      return Optional.of(content.getByteArray(0, (int) result));
    }
    Errno errno = new Errno((int) -result);
    if (errno.equals(Errno.ENODATA) || errno.equals(Errno.EOPNOTSUPP)) {
      return Optional.empty();
    }
    throw new KernelException("getxattr " + name + " of " + path, errno);
  }

  @Override
  public List<String> extendedAttributes(Path path) {
    Memory content = new Memory(65536);
    long result = raw(Syscall.LLISTXATTR, string(path.toString()), content, content.size());
    if (result == -Errno.EOPNOTSUPP.number()) {
      return List.of();
    }
    long length = check("listxattr " + path, result);
    String names = new String(content.getByteArray(0, (int) length), StandardCharsets.UTF_8);
    return Arrays.stream(names.split("\0", -1)).filter(name -> !name.isEmpty()).toList();
  }

  // ---- mounts

  @Override
  public void mount(
      @Nullable String source,
      String target,
      @Nullable String type,
      long flags,
      @Nullable String data) {
    call(
        "mount " + target,
        Syscall.MOUNT,
        optional(source),
        string(target),
        optional(type),
        flags,
        optional(data));
  }

  @Override
  public void changeDirectory(String path) {
    call("chdir " + path, Syscall.CHDIR, string(path));
  }

  @Override
  public void unmount(String target, int flags) {
    call("umount " + target, Syscall.UMOUNT2, string(target), flags);
  }

  // ---- processes

  @Override
  public int processId() {
    return (int) call("getpid", Syscall.GETPID);
  }

  @Override
  public int openProcess(int pid) {
    return (int) call("pidfd_open " + pid, Syscall.PIDFD_OPEN, pid, 0);
  }

  @Override
  public void signal(int pidfd, int signal) {
    call("pidfd_send_signal", Syscall.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
  }

  @Override
  public int copyDescriptor(int pidfd, int descriptor) {
    return (int) call("pidfd_getfd", Syscall.PIDFD_GETFD, pidfd, descriptor, 0);
  }

  @Override
  public WaitResult wait(int pidfd) {
    return ExitQuery.ask(pidfd);
  }

  @Override
  public int spawn(String executable, List<String> arguments, int... descriptors) {
    List<Integer> copies = new ArrayList<>();
    try {
      for (int descriptor : descriptors) {
        copies.add(
            (int)
                call("fcntl", Syscall.FCNTL, descriptor, F_DUPFD_CLOEXEC, FIRST_SPARE_DESCRIPTOR));
      }
      int[] high = copies.stream().mapToInt(Integer::intValue).toArray();
      return Spawner.spawn(executable, arguments, high);
    } finally {
      copies.forEach(this::close);
    }
  }

  @Override
  public int sealedMemory(String name, byte[] content) {
    Memory label = string(name);
    long flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    long result = raw(Syscall.MEMFD_CREATE, label, flags | MFD_EXEC);
    if (result == -Errno.EINVAL.number()) {
      // Linux before 6.3 does not know MFD_EXEC; its memory files are executable anyway.
      result = raw(Syscall.MEMFD_CREATE, label, flags);
    }
    int descriptor = (int) check("memfd_create", result);
    // Not left to the collector: an image is tens of kilobytes, and each launch has one.
    try (Memory bytes = new Memory(content.length)) {
      bytes.write(0, content, 0, content.length);
      long written = 0;
      while (written < content.length) {
        written +=
            call(
                "write",
                Syscall.WRITE,
                descriptor,
                Pointer.nativeValue(bytes) + written,
                content.length - written);
      }
      call("fcntl", Syscall.FCNTL, descriptor, F_ADD_SEALS, ALL_SEALS);
      return descriptor;
    } catch (KernelException failed) {
      close(descriptor);
      throw failed;
    }
  }

  @Override
  public void enterNamespace(int descriptor, int cloneFlags) {
    call("setns", Syscall.SETNS, descriptor, cloneFlags);
  }

  @Override
  public void unshare(int cloneFlags) {
    call("unshare", Syscall.UNSHARE, cloneFlags);
  }

  @Override
  public void makeUndumpable() {
    call("prctl", Syscall.PRCTL, PR_SET_DUMPABLE, 0, 0, 0, 0);
  }

  @Override
  public void makeSubreaper() {
    call("prctl", Syscall.PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  }

  @Override
  public void setLimit(int pid, int resource, long soft, long hard) {
    Memory limit = new Memory(16);
    limit.setLong(0, soft);
    limit.setLong(8, hard);
    call("prlimit", Syscall.PRLIMIT64, pid, resource, limit, 0);
  }

  @Override
  public long[] limit(int pid, int resource) {
    Memory limit = new Memory(16);
    call("prlimit", Syscall.PRLIMIT64, pid, resource, 0, limit);
    return limit.getLongArray(0, 2);
  }

  // ---- terminals

  @Override
  public void setWindowSize(int terminal, int rows, int columns) {
    Memory size = new Memory(8);
    size.clear();
    size.setShort(0, (short) rows);
    size.setShort(2, (short) columns);
    call("ioctl TIOCSWINSZ", Syscall.IOCTL, terminal, TIOCSWINSZ, size);
  }

  // ---- waiting for events

  @Override
  public int epoll() {
    return (int) call("epoll_create1", Syscall.EPOLL_CREATE1, Abi.O_CLOEXEC);
  }

  @Override
  public void epollControl(int epoll, int operation, int descriptor, int events, long key) {
    Memory event = new Memory(16);
    event.setInt(0, events);
    event.setLong(ARCHITECTURE.epollEventBytes() - Long.BYTES, key);
    call("epoll_ctl", Syscall.EPOLL_CTL, epoll, operation, descriptor, event);
  }

  @Override
  public int epollWait(int epoll, long[] keys, int[] events, int timeoutMillis) {
    int size = ARCHITECTURE.epollEventBytes();
    Memory ready = new Memory((long) keys.length * size);
    long result = raw(Syscall.EPOLL_PWAIT, epoll, ready, keys.length, timeoutMillis, 0, 0);
    if (result == -Errno.EINTR.number()) {
      return 0;
    }
    int count = (int) check("epoll_pwait", result);
    for (int i = 0; i < count; i++) {
      events[i] = ready.getInt((long) i * size);
      keys[i] = ready.getLong((long) (i + 1) * size - Long.BYTES);
    }
    return count;
  }

  @Override
  public int eventCounter() {
    return (int) call("eventfd2", Syscall.EVENTFD2, 0, Abi.O_CLOEXEC | Abi.O_NONBLOCK);
  }

  // ---- bpf(2)

  @Override
  public int loadDeviceProgram(byte[] instructions) {
    return DevicePrograms.load(instructions);
  }

  @Override
  public void attachDeviceProgram(int directory, int program) {
    DevicePrograms.attach(directory, program);
  }

  // ---- how calls are made

  /** Makes a call and throws when it fails. Arguments are numbers, or memory passed by address. */
  static long call(String what, Syscall call, Object... arguments) {
    return check(what, raw(call, arguments));
  }

  /** Makes a call; the result is as the kernel gives it, with errors negative. */
  static long raw(Syscall call, Object... arguments) {
    long[] values = new long[6];
    for (int i = 0; i < arguments.length; i++) {
      values[i] =
          switch (arguments[i]) {
            case Number number -> number.longValue();
            case Pointer pointer -> Pointer.nativeValue(pointer);
            default -> throw new IllegalArgumentException("argument " + i + " of " + call);
          };
    }
    try {
      long result =
          LibC.syscall(
              call.number(ARCHITECTURE),
              values[0],
              values[1],
              values[2],
              values[3],
              values[4],
              values[5]);
      return result == -1 ? -Native.getLastError() : result;
    } finally {
      // The memory behind an address must not be freed while the kernel uses it.
      Reference.reachabilityFence(arguments);
    }
  }

  static long check(String what, long result) {
    if (result < 0) {
      throw new KernelException(what, new Errno((int) -result));
    }
    return result;
  }

  static Memory string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Memory memory = new Memory(bytes.length + 1L);
    memory.write(0, bytes, 0, bytes.length);
    memory.setByte(bytes.length, (byte) 0);
    return memory;
  }

  private static Object optional(@Nullable String value) {
    return value == null ? 0 : string(value);
  }
}
