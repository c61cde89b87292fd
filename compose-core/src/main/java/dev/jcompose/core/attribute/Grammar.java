package dev.jcompose.core.attribute;

/** The grammar of a text, where not every text will do. */
public enum Grammar {
  /** Any text. */
  ANY("", ""),
  /** A container name. */
  CONTAINER_NAME(
      "a container name", "use two or more letters, digits, dots, dashes and underscores"),
  /** A restart policy. */
  RESTART_POLICY(
      "a restart policy", "write no, always, unless-stopped, on-failure or on-failure:3"),
  /** A pull policy. */
  PULL_POLICY("a pull policy", "write always, missing, never, build, daily, weekly or every_12h");

  private final String noun;
  private final String hint;

  Grammar(String noun, String hint) {
    this.noun = noun;
    this.hint = hint;
  }

  /** What such a text is: {@code a restart policy}. */
  public String noun() {
    return noun;
  }

  /** How to write one. */
  public String hint() {
    return hint;
  }
}
