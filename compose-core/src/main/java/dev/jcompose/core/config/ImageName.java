package dev.jcompose.core.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The full name of an image; the grammar and the defaults are those of the distribution project's
 * {@code reference} package.
 *
 * @param repository with its registry, such as {@code docker.io/library/nginx}
 * @param tag {@code latest} when neither tag nor digest is written; null beside a digest
 * @param digest such as {@code sha256:...}; null when none is written
 */
record ImageName(String repository, @Nullable String tag, @Nullable String digest) {
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern FORM =
      Pattern.compile(
          "(?<repository>(?:(?:[a-zA-Z0-9][a-zA-Z0-9.-]*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?/)?"
              + COMPONENT
              + "(?:/"
              + COMPONENT
              + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

  /** Reads a full or familiar name; null when it is none. */
  static @Nullable ImageName parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    String digest = form.group("digest");
    String tag = form.group("tag");
    return new ImageName(
        full(form.group("repository")),
        digest != null ? null : tag == null ? "latest" : tag,
        digest);
  }

  private static String full(String repository) {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    boolean registry =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
    if (first.equals("index.docker.io")) {
      return full(repository.substring(slash + 1));
    }
    if (registry && !(first.equals("docker.io") && repository.indexOf('/', slash + 1) < 0)) {
      return repository;
    }
    String path = registry ? repository.substring(slash + 1) : repository;
    return "docker.io/" + (path.indexOf('/') < 0 ? "library/" : "") + path;
  }

  /** The same image for ever, whatever its tag comes to mean. */
  ImageName pinned(String to) {
    return new ImageName(repository, tag, to);
  }

  @Override
  public String toString() {
    return repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
