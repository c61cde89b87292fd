package dev.jcompose.engine.http.routes.stream;

import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Parameters;

/** Sizes of terminals in a query. */
final class Sizes {
  private Sizes() {}

  /** Rows or columns, 1 to 65535. */
  static int of(Parameters query, String name) {
    Integer size = query.integerOrNull(name);
    if (size == null || size < 0 || size > 65535) {
      throw HttpProblem.badRequest(
          "invalid resize " + name + ": \"" + query.string(name) + "\" is not a number of cells");
    }
    return size;
  }
}
