package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A static executable made of the interpreter and one program: a read-only code segment, a writable
 * data segment, and a stack that is not executable. Offsets and addresses agree modulo 64 KiB, so
 * that it loads with every page size.
 */
public final class ElfImage {
  private static final int CODE_OFFSET = 0x200;
  private static final int DATA_OFFSET = 0x1000;
  private static final long CODE_ADDRESS = 0x400000L;
  private static final int ALIGNMENT = 0x10000;
  private static final int LOAD = 1;
  private static final int GNU_STACK = 0x6474e551;
  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int EXECUTE = 1;
  private static final Map<Architecture, byte[]> CODE = new EnumMap<>(Architecture.class);

  private ElfImage() {}

  static {
    for (Architecture architecture : Architecture.values()) {
      CODE.put(architecture, Interpreter.code(architecture));
    }
  }

  /** The bytes of the executable. */
  public static byte[] of(LaunchProgram program, Architecture architecture) {
    byte[] data = Layout.of(program, architecture);
    byte[] code = Objects.requireNonNull(CODE.get(architecture));
    ByteBuffer elf = ByteBuffer.allocate(DATA_OFFSET + data.length).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    elf.putShort((short) 2).putShort((short) architecture.elfMachine()).putInt(1);
    elf.putLong(CODE_ADDRESS + CODE_OFFSET).putLong(64).putLong(0).putInt(0);
    elf.putShort((short) 64).putShort((short) 56).putShort((short) 3);
    elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    segment(elf, LOAD, READ | EXECUTE, 0, CODE_ADDRESS, CODE_OFFSET + code.length);
    segment(elf, LOAD, READ | WRITE, DATA_OFFSET, Layout.TABLE, data.length);
    segment(elf, GNU_STACK, READ | WRITE, 0, 0, 0);
    elf.position(CODE_OFFSET).put(code);
    elf.position(DATA_OFFSET).put(data);
    return elf.array();
  }

  private static void segment(
      ByteBuffer elf, int type, int flags, long offset, long address, long size) {
    elf.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
    elf.putLong(size).putLong(size).putLong(type == LOAD ? ALIGNMENT : 16);
  }
}
