package dev.jcompose.engine.seccomp;

/**
 * A test of one argument of a call.
 *
 * @param index 0 to 5
 * @param value to compare with; for {@link Operator#MASKED_EQ} the mask
 * @param second for {@link Operator#MASKED_EQ} what must be left; unused otherwise
 */
record Condition(int index, long value, long second, Operator operator) {
  enum Operator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    MASKED_EQ
  }
}
