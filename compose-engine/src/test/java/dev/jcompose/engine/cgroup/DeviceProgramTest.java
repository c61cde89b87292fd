package dev.jcompose.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceProgramTest {
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MAKE = 1;
  private static final int READ = 2;
  private static final int READ_WRITE = 6;

  @Test
  void allowsWhatDockerAllows() {
    List<DeviceRule> rules = DeviceRule.standard();
    assertThat(asks(rules, CHARACTER, READ_WRITE, 1, 3)).isTrue();
    assertThat(asks(rules, CHARACTER, READ_WRITE, 136, 77)).isTrue();
    assertThat(asks(rules, BLOCK, MAKE, 8, 0)).isTrue();
    assertThat(asks(rules, BLOCK, READ, 8, 0)).isFalse();
    assertThat(asks(rules, CHARACTER, READ, 10, 229)).isFalse();
    assertThat(asks(rules, CHARACTER, READ | MAKE, 10, 229)).isFalse();
  }

  @Test
  void letsTheLastRuleWin() {
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.standard());
    rules.add(DeviceRule.parseAllowed("c 10:229 r"));
    assertThat(asks(rules, CHARACTER, READ, 10, 229)).isTrue();
    assertThat(asks(rules, CHARACTER, READ_WRITE, 10, 229)).isFalse();
    rules.add(new DeviceRule(false, 'c', 10, 229, "r"));
    assertThat(asks(rules, CHARACTER, READ, 10, 229)).isFalse();
    rules.add(DeviceRule.ALLOW_ALL);
    assertThat(asks(rules, BLOCK, READ_WRITE, 8, 0)).isTrue();
  }

  @Test
  void readsAndPrintsRules() {
    assertThat(DeviceRule.parseAllowed("c 1:* mr")).hasToString("c 1:* mr");
    assertThatThrownBy(() -> DeviceRule.parseAllowed("x 1:1 r"))
        .hasMessageContaining("\"x 1:1 r\" is not a device rule");
  }

  /** Runs the program as the kernel would. */
  private static boolean asks(List<DeviceRule> rules, int type, int access, int major, int minor) {
    ByteBuffer code = ByteBuffer.wrap(DeviceProgram.compile(rules)).order(ByteOrder.LITTLE_ENDIAN);
    long[] context = {(long) access << 16 | type, major, minor};
    long[] registers = new long[11];
    for (int at = 0; ; at++) {
      long instruction = code.getLong(at * 8);
      int target = (int) (instruction >> 8) & 0xf;
      int source = (int) (instruction >> 12) & 0xf;
      int offset = (short) (instruction >> 16);
      int value = (int) (instruction >> 32);
      switch ((int) instruction & 0xff) {
        case 0x61 -> registers[target] = context[offset / 4];
        case 0xb7 -> registers[target] = value;
        case 0xbf -> registers[target] = registers[source];
        case 0x54 -> registers[target] &= value & 0xffffffffL;
        case 0x74 -> registers[target] >>>= value;
        case 0x15 -> at += registers[target] == value ? offset : 0;
        case 0x55 -> at += registers[target] != value ? offset : 0;
        case 0x5d -> at += registers[target] != registers[source] ? offset : 0;
        case 0x95 -> {
          return registers[0] == 1;
        }
        default -> throw new IllegalStateException("instruction " + (instruction & 0xff));
      }
    }
  }
}
