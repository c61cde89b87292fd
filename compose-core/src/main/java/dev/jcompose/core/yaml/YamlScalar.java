package dev.jcompose.core.yaml;

import org.jspecify.annotations.Nullable;

/** Text, a number, a boolean or nothing. */
public final class YamlScalar implements YamlNode {
  private final @Nullable Object value;
  private final String text;
  private final Origin origin;
  private final boolean broken;

  private YamlScalar(@Nullable Object value, String text, Origin origin, boolean broken) {
    this.value = value;
    this.text = text;
    this.origin = origin;
    this.broken = broken;
  }

  /** Text. */
  public static YamlScalar of(String text, Origin origin) {
    return new YamlScalar(text, text, origin, false);
  }

  /** A whole number. */
  public static YamlScalar of(long number, Origin origin) {
    return new YamlScalar(number, Long.toString(number), origin, false);
  }

  /** A boolean. */
  public static YamlScalar of(boolean truth, Origin origin) {
    return new YamlScalar(truth, Boolean.toString(truth), origin, false);
  }

  /** A number with a fraction. */
  public static YamlScalar of(double number, Origin origin) {
    return new YamlScalar(number, GoNumbers.print(number), origin, false);
  }

  /** No value. */
  public static YamlScalar ofNull(Origin origin) {
    return new YamlScalar(null, "", origin, false);
  }

  static YamlScalar resolved(@Nullable Object value, String text, Origin origin) {
    return new YamlScalar(value, text, origin, false);
  }

  /** The same value in another form: a number from text, or text in canonical writing. */
  public YamlScalar as(Object other) {
    return new YamlScalar(other, text, origin, broken);
  }

  /** The same, marked as wrong: a problem was noted, and later phases need not find another. */
  public YamlScalar asBroken() {
    return new YamlScalar(value, text, origin, true);
  }

  /** Whether a problem with it was noted already. */
  public boolean isBroken() {
    return broken;
  }

  /**
   * A {@link String}, {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link Boolean}
   * or null.
   */
  public @Nullable Object value() {
    return value;
  }

  /** As it was written, before it became a number or a boolean. */
  public String text() {
    return text;
  }

  /**
   * The value as text, as docker compose prints it: {@code 3.10} without quotes gives {@code 3.1}.
   */
  public String string() {
    if (value instanceof Double number) {
      return GoNumbers.print(number);
    }
    return value == null ? "" : value.toString();
  }

  /** Whether there is no value. */
  public boolean isNull() {
    return value == null;
  }

  /** Whether the value is text. */
  public boolean isString() {
    return value instanceof String;
  }

  /** The same value with another story. */
  public YamlScalar with(Origin other) {
    return new YamlScalar(value, text, other, broken);
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public YamlScalar copy() {
    return this;
  }

  @Override
  public String kind() {
    Object known = value;
    if (known == null) {
      return "nothing";
    }
    return switch (known) {
      case String _ -> "text";
      case Boolean _ -> "a boolean";
      default -> "a number";
    };
  }

  @Override
  public String toString() {
    return value instanceof String s ? '"' + s + '"' : String.valueOf(value);
  }
}
