package dev.jcompose.core.port.spec;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns {@code service:NAME[:rest]} or {@code container:NAME[:rest]} into a container. */
record References(String prefix, UnaryOperator<String> mapping) {
  static final String SERVICE = "service:";
  static final String CONTAINER = "container:";

  String map(String reference) {
    if (!reference.startsWith(prefix)) {
      return reference;
    }
    int end = reference.indexOf(':', prefix.length());
    String name = reference.substring(prefix.length(), end < 0 ? reference.length() : end);
    return CONTAINER + mapping.apply(name) + (end < 0 ? "" : reference.substring(end));
  }

  @Nullable String mapNullable(@Nullable String reference) {
    return reference == null ? null : map(reference);
  }
}
