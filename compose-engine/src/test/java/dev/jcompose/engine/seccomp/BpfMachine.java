package dev.jcompose.engine.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel would. */
final class BpfMachine {
  private static final int DATA_BYTES = 64;

  private final ByteBuffer program;

  BpfMachine(byte[] program) {
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
  }

  int instructions() {
    return program.capacity() / Long.BYTES;
  }

  /** The answer, and how many instructions it took. */
  record Answer(int value, int steps) {}

  Answer run(int architecture, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    int at = 0;
    int steps = 0;
    while (true) {
      int code = program.getShort(at * 8) & 0xffff;
      int ifTrue = program.get(at * 8 + 2) & 0xff;
      int ifFalse = program.get(at * 8 + 3) & 0xff;
      int value = program.getInt(at * 8 + 4);
      at++;
      steps++;
      switch (code) {
        case Instruction.LOAD -> accumulator = data.getInt(value);
        case Instruction.AND -> accumulator &= value;
        case Instruction.JUMP -> at += value;
        case Instruction.IF_EQUAL -> at += accumulator == value ? ifTrue : ifFalse;
        case Instruction.IF_GREATER ->
            at += Integer.compareUnsigned(accumulator, value) > 0 ? ifTrue : ifFalse;
        case Instruction.IF_GREATER_OR_EQUAL ->
            at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
        case Instruction.RETURN -> {
          return new Answer(value, steps);
        }
        default -> throw new IllegalStateException("instruction " + code);
      }
    }
  }
}
