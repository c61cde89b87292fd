package dev.jcompose.engine.cgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles device rules to eBPF for version 2. The context has the access (high half) and the type
 * (low half of the first word), the major and the minor number. The last rule that matches wins, so
 * they are tried from the last to the first.
 */
final class DeviceProgram {
  private static final int LOAD_WORD = 0x61;
  private static final int MOVE = 0xb7;
  private static final int MOVE_REGISTER = 0xbf;
  private static final int AND_32 = 0x54;
  private static final int SHIFT_RIGHT_32 = 0x74;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_UNEQUAL = 0x55;
  private static final int JUMP_UNEQUAL_REGISTER = 0x5d;
  private static final int EXIT = 0x95;
  private static final int ACCESS = 3;
  private static final int TYPE = 2;
  private static final int MAJOR = 4;
  private static final int MINOR = 5;
  private static final int SCRATCH = 6;
  private static final int BLOCK_DEVICE = 1;
  private static final int CHARACTER_DEVICE = 2;

  private final List<long[]> instructions = new ArrayList<>();

  private DeviceProgram() {}

  static byte[] compile(List<DeviceRule> rules) {
    DeviceProgram program = new DeviceProgram();
    program.add(LOAD_WORD, TYPE, 1, 0, 0);
    program.add(AND_32, TYPE, 0, 0, 0xffff);
    program.add(LOAD_WORD, ACCESS, 1, 0, 0);
    program.add(SHIFT_RIGHT_32, ACCESS, 0, 0, 16);
    program.add(LOAD_WORD, MAJOR, 1, 4, 0);
    program.add(LOAD_WORD, MINOR, 1, 8, 0);
    for (DeviceRule rule : rules.reversed()) {
      program.rule(rule);
      if (rule.type() == 'a' && rule.access().length() == 3) {
        // Nothing before a rule for everything can matter.
        return program.bytes();
      }
    }
    program.verdict(false);
    return program.bytes();
  }

  private void rule(DeviceRule rule) {
    List<long[]> tests = new ArrayList<>();
    if (rule.type() != 'a') {
      int type = rule.type() == 'b' ? BLOCK_DEVICE : CHARACTER_DEVICE;
      tests.add(new long[] {JUMP_UNEQUAL, TYPE, 0, type});
    }
    int access = access(rule.access());
    if (access != 7) {
      tests.add(new long[] {MOVE_REGISTER, SCRATCH, ACCESS, 0});
      tests.add(new long[] {AND_32, SCRATCH, 0, access});
      // Allowed only if the rule has all that is asked for, denied if it has any of it.
      tests.add(
          rule.allow()
              ? new long[] {JUMP_UNEQUAL_REGISTER, SCRATCH, ACCESS, 0}
              : new long[] {JUMP_EQUAL, SCRATCH, 0, 0});
    }
    if (rule.major() != null) {
      tests.add(new long[] {JUMP_UNEQUAL, MAJOR, 0, rule.major()});
    }
    if (rule.minor() != null) {
      tests.add(new long[] {JUMP_UNEQUAL, MINOR, 0, rule.minor()});
    }
    int remaining = tests.size() + 1;
    for (long[] test : tests) {
      boolean jump = test[0] != MOVE_REGISTER && test[0] != AND_32;
      add((int) test[0], (int) test[1], (int) test[2], jump ? remaining : 0, (int) test[3]);
      remaining--;
    }
    verdict(rule.allow());
  }

  private static int access(String letters) {
    int access = 0;
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      access |= letter == 'm' ? 1 : letter == 'r' ? 2 : 4;
    }
    return access;
  }

  private void verdict(boolean allow) {
    add(MOVE, 0, 0, 0, allow ? 1 : 0);
    add(EXIT, 0, 0, 0, 0);
  }

  private void add(int code, int destination, int source, int offset, int immediate) {
    instructions.add(
        new long[] {
          (code & 0xffL)
              | (long) (destination | source << 4) << 8
              | (offset & 0xffffL) << 16
              | (immediate & 0xffffffffL) << 32
        });
  }

  private byte[] bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(instructions.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    instructions.forEach(instruction -> bytes.putLong(instruction[0]));
    return bytes.array();
  }
}
