package dev.jcompose.engine.build.ignore;

import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A compiled pattern. Matching takes time proportional to pattern and path, whatever they are. */
final class Glob {
  /** What one part of a pattern matches. */
  private sealed interface Part {}

  /** A character. */
  private record Literal(char character) implements Part {}

  /** {@code ?}: any character but a slash. */
  private record One() implements Part {}

  /** {@code [a-z]}: a character among these, or with {@code ^} not among them. */
  private record OneOf(BitSet characters, boolean negated) implements Part {}

  /** {@code *}: anything without a slash. */
  private record Star() implements Part {}

  /** {@code **} at an end: anything. */
  private record Deep() implements Part {}

  /** {@code **} before something: nothing, or anything that ends in a slash. */
  private record DeepFolders() implements Part {}

  private final List<Part> parts;

  private Glob(List<Part> parts) {
    this.parts = parts;
  }

  static Glob parse(String pattern) throws SyntaxException {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      switch (c) {
        case '*' -> {
          if (!pattern.startsWith("*", at)) {
            parts.add(new Star());
            break;
          }
          at = pattern.startsWith("/", at + 1) ? at + 2 : at + 1;
          parts.add(deep(pattern, at, parts.isEmpty()));
        }
        case '?' -> parts.add(new One());
        case '[' -> at = oneOf(pattern, at, parts);
        case '\\' -> {
          if (at == pattern.length()) {
            throw wrong(pattern, "it ends in a backslash");
          }
          parts.add(new Literal(pattern.charAt(at++)));
        }
        default -> parts.add(new Literal(c));
      }
    }
    return new Glob(parts);
  }

  /** What a double star is, by what stands before and after it. */
  private static Part deep(String pattern, int after, boolean first) {
    if (after == pattern.length()) {
      return new Deep();
    }
    String rest = pattern.substring(after);
    boolean plain = rest.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0);
    // At the start and before plain text only, it need not end at a slash: **foo is *foo anywhere.
    return first && plain && pattern.charAt(after - 1) != '/' ? new Deep() : new DeepFolders();
  }

  private static int oneOf(String pattern, int start, List<Part> parts) throws SyntaxException {
    int at = start;
    boolean negated = pattern.startsWith("^", at);
    at += negated ? 1 : 0;
    BitSet characters = new BitSet();
    int first = at;
    while (at == first || !pattern.startsWith("]", at)) {
      char low = member(pattern, at);
      at += pattern.charAt(at) == '\\' ? 2 : 1;
      char high = low;
      if (pattern.startsWith("-", at)) {
        high = member(pattern, at + 1);
        at += pattern.charAt(at + 1) == '\\' ? 3 : 2;
      }
      if (low > high) {
        throw wrong(pattern, "it has a range from " + low + " down to " + high);
      }
      characters.set(low, high + 1);
    }
    parts.add(new OneOf(characters, negated));
    return at + 1;
  }

  private static char member(String pattern, int at) throws SyntaxException {
    int place = pattern.startsWith("\\", at) ? at + 1 : at;
    if (place >= pattern.length()) {
      throw wrong(pattern, "it has a [ without a ]");
    }
    char c = pattern.charAt(place);
    if (place == at && (c == ']' || c == '-')) {
      throw wrong(pattern, "it has a " + c + " where a character should be");
    }
    return c;
  }

  private static SyntaxException wrong(String pattern, String why) {
    return new SyntaxException(
        pattern,
        "\"" + pattern + "\" is no pattern: " + why,
        "put a backslash before a character that means itself");
  }

  boolean matches(String path) {
    BitSet states = new BitSet(parts.size() + 1);
    enter(states, 0);
    for (int i = 0; i < path.length() && !states.isEmpty(); i++) {
      states = step(states, path.charAt(i));
    }
    return states.get(parts.size());
  }

  private BitSet step(BitSet states, char c) {
    BitSet next = new BitSet(parts.size() + 1);
    for (int at = states.nextSetBit(0);
        at >= 0 && at < parts.size();
        at = states.nextSetBit(at + 1)) {
      switch (parts.get(at)) {
        case Literal literal -> enterIf(literal.character() == c, next, at + 1);
        case One _ -> enterIf(c != '/', next, at + 1);
        case OneOf set ->
            enterIf(c != '/' && set.characters().get(c) != set.negated(), next, at + 1);
        case Star _ -> enterIf(c != '/', next, at);
        case Deep _ -> enter(next, at);
        case DeepFolders _ -> {
          // Within folders, only a slash leads on.
          next.set(at);
          enterIf(c == '/', next, at + 1);
        }
      }
    }
    return next;
  }

  private void enterIf(boolean matches, BitSet states, int at) {
    if (matches) {
      enter(states, at);
    }
  }

  /** Waits before a part, and before those after it as long as they may match nothing. */
  private void enter(BitSet states, int start) {
    int at = start;
    states.set(at);
    while (at < parts.size()
        && (parts.get(at) instanceof Star
            || parts.get(at) instanceof Deep
            || parts.get(at) instanceof DeepFolders)) {
      at++;
      states.set(at);
    }
  }
}
