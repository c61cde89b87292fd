package dev.jcompose.engine.image.layer;

import java.io.IOException;

/** An archive asks for something that is refused or impossible; the message names the member. */
public final class UnpackException extends IOException {
  private static final long serialVersionUID = 1L;

  UnpackException(String member, String problem) {
    super("%s: %s".formatted(printable(member), problem));
  }

  UnpackException(String member, RuntimeException cause) {
    super("%s: %s".formatted(printable(member), cause.getMessage()), cause);
  }

  /** Archives are made by strangers: no control characters on a terminal, no endless names. */
  private static String printable(String member) {
    String shortened = member.length() > 200 ? member.substring(0, 200) + "…" : member;
    StringBuilder text = new StringBuilder();
    shortened
        .codePoints()
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
