package dev.jcompose.engine.registry.auth;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a token is to be good for (distribution's {@code auth/scope.md}).
 *
 * @param text {@code repository:<path>:<actions>}
 */
public record Scope(String text) {
  /** To read a repository. */
  public static Scope pull(String path) {
    return new Scope("repository:" + path + ":pull");
  }

  /** To read and write a repository. */
  public static Scope push(String path) {
    return new Scope("repository:" + path + ":pull,push");
  }

  /** These scopes and what a challenge asks for, each once, sorted. */
  static List<String> join(List<Scope> scopes, String challenged) {
    return Stream.concat(scopes.stream().map(Scope::text), Stream.of(challenged.split(" ", -1)))
        .filter(text -> !text.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }
}
