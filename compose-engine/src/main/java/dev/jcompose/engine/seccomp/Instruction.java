package dev.jcompose.engine.seccomp;

/**
 * One instruction of classic BPF (struct sock_filter).
 *
 * @param ifTrue instructions to skip when a jump's test holds
 * @param ifFalse instructions to skip otherwise
 */
record Instruction(int code, int ifTrue, int ifFalse, int value) {
  static final int LOAD = 0x20;
  static final int AND = 0x54;
  static final int JUMP = 0x05;
  static final int IF_EQUAL = 0x15;
  static final int IF_GREATER = 0x25;
  static final int IF_GREATER_OR_EQUAL = 0x35;
  static final int RETURN = 0x06;

  /** The farthest a conditional jump reaches. */
  static final int REACH = 255;

  static Instruction answer(int value) {
    return new Instruction(RETURN, 0, 0, value);
  }

  static Instruction load(int offset) {
    return new Instruction(LOAD, 0, 0, offset);
  }
}
