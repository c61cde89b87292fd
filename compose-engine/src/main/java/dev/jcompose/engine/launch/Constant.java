package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Abi;

/**
 * A named number of the kernel's interface, so that the text form of a program can be read.
 *
 * @param name as the kernel's headers have it; several are joined with a bar
 */
public record Constant(String name, long value) {
  public static final Constant NONE = new Constant("0", 0);
  public static final Constant AT_FDCWD = new Constant("AT_FDCWD", Abi.AT_FDCWD);

  /** Both together. */
  public Constant or(Constant other) {
    if (value == 0) {
      return other;
    }
    return other.value == 0 ? this : new Constant(name + "|" + other.name, value | other.value);
  }

  /** As an argument. */
  public Argument argument() {
    return new Argument.Literal(value, name);
  }
}
