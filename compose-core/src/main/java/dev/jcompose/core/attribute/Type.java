package dev.jcompose.core.attribute;

/** What an attribute holds once it is in canonical form. */
public enum Type {
  /** Text. */
  TEXT("text"),
  /** Text, or nothing at all. */
  TEXT_OR_NOTHING("text"),
  /** Text, a number or a boolean, kept as text. */
  SCALAR("text, a number or a boolean"),
  /** Text or a number, kept as text. */
  TEXT_OR_NUMBER("text or a number"),
  /** Text or a boolean, kept as text. */
  TEXT_OR_FLAG("text, true or false"),
  /** A scalar or nothing; nothing means that the value comes from elsewhere or is unset. */
  SCALAR_OR_NOTHING("text, a number, a boolean or nothing"),
  /** A boolean. */
  FLAG("true or false"),
  /** A whole number. */
  WHOLE("a whole number"),
  /** A whole number, or {@code all}, kept as -1. */
  COUNT("a whole number or all"),
  /** A number. */
  NUMBER("a number"),
  /** An amount of memory, kept as text of its bytes. */
  BYTES("an amount such as 512m or 1.5g"),
  /** A time span. */
  DURATION("a time span such as 30s or 1m30s"),
  /** Permission bits, kept as octal text. */
  MODE("octal permission bits such as 0440"),
  /** A list of text. */
  TEXTS("a list of text"),
  /** A list of text or numbers, kept as text. */
  SCALARS("a list of text or numbers"),
  /** A list whose items the table describes. */
  LIST("a list"),
  /** A map whose keys the table names. */
  MAP("a map"),
  /** A map whose keys the user chooses. */
  NAMED("a map"),
  /** Anything; an extension. */
  ANY("anything");

  private final String expected;

  Type(String expected) {
    this.expected = expected;
  }

  /** What is expected, for messages: {@code a whole number}. */
  public String expected() {
    return expected;
  }
}
