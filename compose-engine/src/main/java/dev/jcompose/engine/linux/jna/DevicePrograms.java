package dev.jcompose.engine.linux.jna;

import com.sun.jna.Memory;
import dev.jcompose.engine.linux.Syscall;
import java.lang.ref.Reference;

/** bpf(2) for device programs of version 2 control groups. */
final class DevicePrograms {
  private static final int BPF_PROG_LOAD = 5;
  private static final int BPF_PROG_ATTACH = 8;
  private static final int BPF_PROG_TYPE_CGROUP_DEVICE = 15;
  private static final int BPF_CGROUP_DEVICE = 6;
  private static final int BPF_F_ALLOW_MULTI = 2;
  private static final int INSTRUCTION_BYTES = 8;
  private static final int ATTRIBUTE_BYTES = 120;

  private DevicePrograms() {}

  static int load(byte[] instructions) {
    Memory code = new Memory(instructions.length);
    code.write(0, instructions, 0, instructions.length);
    Memory license = JnaKernel.string("Apache");
    Memory attributes = new Memory(ATTRIBUTE_BYTES);
    attributes.clear();
    attributes.setInt(0, BPF_PROG_TYPE_CGROUP_DEVICE);
    attributes.setInt(4, instructions.length / INSTRUCTION_BYTES);
    attributes.setPointer(8, code);
    attributes.setPointer(16, license);
    try {
      return (int)
          JnaKernel.call("bpf load", Syscall.BPF, BPF_PROG_LOAD, attributes, ATTRIBUTE_BYTES);
    } finally {
      Reference.reachabilityFence(code);
      Reference.reachabilityFence(license);
    }
  }

  static void attach(int directory, int program) {
    Memory attributes = new Memory(ATTRIBUTE_BYTES);
    attributes.clear();
    attributes.setInt(0, directory);
    attributes.setInt(4, program);
    attributes.setInt(8, BPF_CGROUP_DEVICE);
    attributes.setInt(12, BPF_F_ALLOW_MULTI);
    JnaKernel.call("bpf attach", Syscall.BPF, BPF_PROG_ATTACH, attributes, ATTRIBUTE_BYTES);
  }
}
