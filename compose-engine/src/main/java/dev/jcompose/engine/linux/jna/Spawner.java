package dev.jcompose.engine.linux.jna;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Starts programs with posix_spawn(3), whose child never runs Java code. */
final class Spawner {
  /** More than sizeof(posix_spawnattr_t) and of the file actions in glibc (336) and musl. */
  private static final int OPAQUE_BYTES = 512;

  private static final int SIGNAL_SET_BYTES = 128;
  private static final short SET_SIGNAL_DEFAULTS = 0x04;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final Memory NO_SIGNALS = signals((byte) 0);
  private static final Memory ALL_SIGNALS = signals((byte) 0xff);

  private Spawner() {}

  /** The descriptors must be above those they are given as, so that none overwrites another. */
  static int spawn(String executable, List<String> arguments, int... descriptors) {
    Memory actions = new Memory(OPAQUE_BYTES);
    Memory attributes = new Memory(OPAQUE_BYTES);
    check("posix_spawn_file_actions_init", LibC.posix_spawn_file_actions_init(actions));
    try {
      check("posix_spawnattr_init", LibC.posix_spawnattr_init(attributes));
      try {
        int target = 3;
        for (int descriptor : descriptors) {
          int error = LibC.posix_spawn_file_actions_adddup2(actions, descriptor, target++);
          check("posix_spawn_file_actions_adddup2", error);
        }
        LibC.posix_spawnattr_setsigmask(attributes, NO_SIGNALS);
        LibC.posix_spawnattr_setsigdefault(attributes, ALL_SIGNALS);
        LibC.posix_spawnattr_setflags(attributes, (short) (SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK));
        List<Memory> kept = new ArrayList<>();
        int[] pid = new int[1];
        try {
          int error =
              LibC.posix_spawn(
                  pid,
                  executable,
                  actions,
                  attributes,
                  strings(arguments, kept),
                  strings(List.of(), kept));
          check("posix_spawn " + executable, error);
        } finally {
          // Until now: the lists know the addresses of the strings only.
          Reference.reachabilityFence(kept);
        }
        return pid[0];
      } finally {
        LibC.posix_spawnattr_destroy(attributes);
      }
    } finally {
      LibC.posix_spawn_file_actions_destroy(actions);
    }
  }

  private static Pointer strings(List<String> values, List<Memory> kept) {
    Memory list = new Memory((values.size() + 1L) * Long.BYTES);
    for (int i = 0; i < values.size(); i++) {
      byte[] bytes = values.get(i).getBytes(StandardCharsets.UTF_8);
      Memory string = new Memory(bytes.length + 1L);
      string.write(0, bytes, 0, bytes.length);
      string.setByte(bytes.length, (byte) 0);
      list.setPointer((long) i * Long.BYTES, string);
      kept.add(string);
    }
    list.setLong((long) values.size() * Long.BYTES, 0);
    kept.add(list);
    return list;
  }

  private static Memory signals(byte value) {
    Memory set = new Memory(SIGNAL_SET_BYTES);
    set.setMemory(0, SIGNAL_SET_BYTES, value);
    return set;
  }

  private static void check(String call, int error) {
    if (error != 0) {
      throw new KernelException(call, new Errno(error));
    }
  }
}
