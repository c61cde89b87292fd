package dev.jcompose.engine.build.stage;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Build arguments that are given and that no ARG declares. */
public final class UnusedArguments {
  private UnusedArguments() {}

  /**
   * What there is to say of them.
   *
   * @param names in the order they are told in
   * @return null when all of them mean something without being declared
   */
  public static @Nullable String warning(Collection<String> names) {
    List<String> told = names.stream().filter(name -> !meansSomething(name)).toList();
    return told.isEmpty()
        ? null
        : "build arguments that no ARG declares: " + String.join(", ", told);
  }

  private static boolean meansSomething(String name) {
    return name.equals("SOURCE_DATE_EPOCH")
        || name.startsWith("BUILDKIT_")
        || name.toUpperCase(Locale.ROOT).endsWith("_PROXY");
  }
}
