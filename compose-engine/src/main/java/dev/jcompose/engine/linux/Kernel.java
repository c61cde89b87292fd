package dev.jcompose.engine.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * System calls the engine makes itself, that the JDK has no API for. Every method throws {@link
 * KernelException} when the kernel refuses, unless it says otherwise. Descriptors are plain
 * numbers, are opened close-on-exec, and belong to the caller, who closes them. Flag values are in
 * {@link Abi}. Buffers given to {@link #read} and {@link #write} must be direct.
 */
public interface Kernel {

  // ---- descriptors

  /** Opens a file; {@link Abi#O_CLOEXEC} is added. */
  int open(Path path, int flags, int mode);

  /**
   * Opens {@code path} below a directory descriptor with openat2(2).
   *
   * @param resolve a sum of {@code Abi.RESOLVE_*}
   */
  int openBelow(int directory, String path, int flags, int mode, long resolve);

  /** Closes a descriptor; an error is ignored, as nothing can be done about it. */
  void close(int descriptor);

  /**
   * Reads into the remaining space of a direct buffer and advances it.
   *
   * @return bytes read; 0 at the end of input; -1 when a non-blocking descriptor has nothing now
   */
  int read(int descriptor, ByteBuffer into);

  /**
   * Writes from a direct buffer and advances it.
   *
   * @return bytes written; -1 when a non-blocking descriptor takes nothing now
   */
  int write(int descriptor, ByteBuffer from);

  /**
   * Copies what waits in one pipe into another without taking it away (tee(2)); does not block.
   *
   * @return bytes copied; 0 when the pipe is empty and has no writer any more; -1 when there is
   *     nothing now
   */
  int duplicate(int fromPipe, int toPipe, int most);

  /** An anonymous pipe: index 0 reads, index 1 writes. {@code flags}: O_NONBLOCK or 0. */
  int[] pipe(int flags);

  /** A pair of connected SOCK_SEQPACKET unix sockets. */
  int[] socketPair();

  /** A new socket (close-on-exec is added to the type). */
  int socket(int family, int type, int protocol);

  /** Makes reads and writes of a descriptor non-blocking, or blocking again. */
  void setNonBlocking(int descriptor, boolean nonBlocking);

  /**
   * Receives one message of a unix socket and the descriptor passed with it, if any. Blocks.
   *
   * @return the descriptor, or -1 if none came along; the buffer's position tells the bytes
   */
  int receiveWithDescriptor(int socket, ByteBuffer into);

  /** Listens at a unix socket that it makes. */
  int listen(Path socket);

  /** The next connection to a listening socket; waits for it. */
  int accept(int socket);

  /**
   * Sends a descriptor to whoever listens at a unix socket, with a text, and hangs up.
   *
   * @param text at least one byte
   */
  void sendDescriptor(Path socket, int descriptor, String text);

  // ---- files

  /** Makes a named pipe. */
  void makeFifo(Path path, int mode);

  /**
   * Makes a device node or another special file.
   *
   * @param mode type and permission bits, such as {@code Abi.S_IFCHR | 0666}
   */
  void makeNode(Path path, int mode, int major, int minor);

  /** Sets an extended attribute of a file, not following a symbolic link. */
  void setExtendedAttribute(Path path, String name, byte[] value);

  /** An extended attribute of a file itself (links are not followed), if it has it. */
  Optional<byte[]> extendedAttribute(Path path, String name);

  /** Names of the extended attributes of a file itself. */
  List<String> extendedAttributes(Path path);

  // ---- mounts

  /** mount(2). */
  void mount(
      @Nullable String source,
      String target,
      @Nullable String type,
      long flags,
      @Nullable String data);

  /**
   * chdir(2). Threads share their working directory until they {@link #unshare} it, so only a
   * thread that has may call this.
   */
  void changeDirectory(String path);

  /** umount2(2). */
  void unmount(String target, int flags);

  // ---- processes

  /** The id of the engine's own process. */
  int processId();

  /** A pidfd. Fails with ESRCH when there is no such process. */
  int openProcess(int pid);

  /** Sends a signal through a pidfd. Fails with ESRCH when the process is gone. */
  void signal(int pidfd, int signal);

  /**
   * A copy of a descriptor of another process (pidfd_getfd(2), Linux 5.6), which needs the right to
   * trace that.
   */
  int copyDescriptor(int pidfd, int descriptor);

  /**
   * How the process of a pidfd ended, without waiting. A child is reaped by this. For a process
   * that is not a child the kernel is asked for its exit information (Linux 6.15 and newer).
   */
  WaitResult wait(int pidfd);

  /**
   * Starts a program with an empty environment, default signal dispositions and nothing blocked.
   * Descriptors are handed over as 3, 4, 5… in the order given; others stay open until the program
   * closes them, so it must.
   *
   * @return the process id of the child
   */
  int spawn(String executable, List<String> arguments, int... descriptors);

  /** A sealed memory file holding exactly these bytes, fit for execution. */
  int sealedMemory(String name, byte[] content);

  /** Moves the calling platform thread into the namespaces of a descriptor (setns(2)). */
  void enterNamespace(int descriptor, int cloneFlags);

  /** Gives the calling platform thread its own copies of what {@code cloneFlags} name. */
  void unshare(int cloneFlags);

  /** Keeps other processes, containers above all, from tracing or reading the engine. */
  void makeUndumpable();

  /** Makes orphaned grandchildren children of the engine. */
  void makeSubreaper();

  /** Sets soft and hard limit of a running process, -1 for no limit (prlimit(2)). */
  void setLimit(int pid, int resource, long soft, long hard);

  /** Soft and hard limit of a running process (0: the engine), -1 for no limit. */
  long[] limit(int pid, int resource);

  // ---- terminals

  /** Sets the window size of a terminal. */
  void setWindowSize(int terminal, int rows, int columns);

  // ---- waiting for events, used by KernelEvents only

  /** A new epoll descriptor. */
  int epoll();

  /**
   * Adds, changes or removes a descriptor of an epoll set.
   *
   * @param operation 1 add, 2 remove, 3 change
   * @param events a sum of {@code Abi.EPOLL*}
   * @param key what {@link #epollWait} reports for it
   */
  void epollControl(int epoll, int operation, int descriptor, int events, long key);

  /**
   * Waits for events.
   *
   * @param keys filled with the keys that have something to tell
   * @param events filled with their events
   * @param timeoutMillis -1 to wait for ever
   * @return how many entries were filled; 0 after the time or an interruption
   */
  int epollWait(int epoll, long[] keys, int[] events, int timeoutMillis);

  /** A counter that can be waited for; eight bytes written to it wake the waiter. */
  int eventCounter();

  // ---- bpf(2)

  /**
   * Loads a program that decides about device access in a version 2 control group.
   *
   * @param instructions eBPF instructions, 8 bytes each, little endian
   * @return a descriptor of the program
   */
  int loadDeviceProgram(byte[] instructions);

  /** Makes a device program the one of a control group directory. */
  void attachDeviceProgram(int directory, int program);
}
