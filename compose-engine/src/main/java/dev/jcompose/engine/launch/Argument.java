package dev.jcompose.engine.launch;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One argument of a call in a launch program. */
public sealed interface Argument {

  /**
   * A number.
   *
   * @param text how the text form shows it
   */
  record Literal(long value, String text) implements Argument {}

  /** The address of a string that ends with a zero byte. */
  record Text(String value) implements Argument {}

  /** The address of a list of strings that ends with a null address. */
  record Texts(List<String> values) implements Argument {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** The result an earlier call saved under this name. */
  record Saved(String name) implements Argument {}

  /**
   * The address of a structure in memory.
   *
   * @param text how the text form shows it
   */
  record Block(String text, List<Part> parts) implements Argument {
    public Block {
      parts = List.copyOf(parts);
    }
  }

  /** A piece of a {@link Block}. */
  sealed interface Part {
    /** Bytes as they are. */
    final class Bytes implements Part {
      private final byte[] value;

      /** A copy of the bytes is kept. */
      public Bytes(byte[] value) {
        this.value = value.clone();
      }

      byte[] value() {
        return value.clone();
      }
    }

    /** The address an argument stands for, or its value, in eight bytes. */
    record Value(Argument argument) implements Part {}

    /** Eight bytes where a call saves its result under this name. */
    record Cell(String name) implements Part {}

    /**
     * Four bytes where the kernel writes a number itself, a descriptor for instance. As an argument
     * it is loaded with the four bytes behind it, which calls that take an int do not look at.
     */
    record Half(String name) implements Part {}
  }

  /** A number, shown in decimal when it is small and in hexadecimal otherwise. */
  static Argument arg(long value) {
    return new Literal(
        value,
        value > -4096 && value < 4096 ? Long.toString(value) : "0x" + Long.toHexString(value));
  }

  /** Permission bits, shown in octal. */
  static Argument mode(long value) {
    return new Literal(value, "0" + Long.toOctalString(value));
  }

  /** A string. */
  static Argument arg(String value) {
    return new Text(value);
  }

  /** An earlier result. */
  static Argument saved(String name) {
    return new Saved(name);
  }

  /** A structure of 64-bit numbers. */
  static Argument longs(String text, long... values) {
    return new Block(text, List.of(new Part.Bytes(Layout.littleEndian(values))));
  }

  /** Bytes given as text, without a zero at the end. */
  static Argument bytes(String value) {
    return new Block(
        '"' + value + '"', List.of(new Part.Bytes(value.getBytes(StandardCharsets.UTF_8))));
  }
}
