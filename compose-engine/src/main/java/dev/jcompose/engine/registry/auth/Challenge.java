package dev.jcompose.engine.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One way a registry offers to log in (RFC 7235, {@code WWW-Authenticate}).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters names in lower case, values without their quotes
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** All challenges of these headers in order; what makes no sense is skipped. */
  public static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    headers.forEach(header -> new Parser(header).parse(challenges));
    return challenges;
  }

  /** A parameter; empty when there is none. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Commas separate both challenges and parameters; a scheme is a word no {@code =} follows. */
  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    void parse(List<Challenge> challenges) {
      String scheme = "";
      Map<String, String> parameters = new LinkedHashMap<>();
      while (skipSeparators()) {
        String word = word();
        if (word.isEmpty()) {
          at++;
          continue;
        }
        skipSpaces();
        if (at < text.length() && text.charAt(at) == '=') {
          at++;
          skipSpaces();
          parameters.put(word.toLowerCase(Locale.ROOT), value());
        } else {
          add(challenges, scheme, parameters);
          scheme = word.toLowerCase(Locale.ROOT);
          parameters = new LinkedHashMap<>();
        }
      }
      add(challenges, scheme, parameters);
    }

    private static void add(
        List<Challenge> challenges, String scheme, Map<String, String> parameters) {
      if (!scheme.isEmpty()) {
        challenges.add(new Challenge(scheme, parameters));
      }
    }

    private boolean skipSeparators() {
      while (at < text.length() && (text.charAt(at) == ',' || isSpace())) {
        at++;
      }
      return at < text.length();
    }

    private void skipSpaces() {
      while (at < text.length() && isSpace()) {
        at++;
      }
    }

    private boolean isSpace() {
      return text.charAt(at) == ' ' || text.charAt(at) == '\t';
    }

    private String word() {
      int start = at;
      while (at < text.length() && !isSpace() && "=,\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String value() {
      if (at >= text.length() || text.charAt(at) != '"') {
        return word();
      }
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
      }
      at++;
      return value.toString();
    }
  }
}
