package dev.jcompose.engine.http;

import org.jspecify.annotations.Nullable;

/** A version of the Docker Engine API, for instance 1.47. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /**
   * The newest version spoken here. Above 1.44, which the newest clients demand, and below 1.48,
   * whose image mounts are here but not its choice of one of an image's platforms.
   */
  public static final ApiVersion NEWEST = new ApiVersion(1, 47);

  /** The oldest version spoken here. */
  public static final ApiVersion OLDEST = new ApiVersion(1, 24);

  /** Reads {@code 1.47}; null for any other text. */
  static @Nullable ApiVersion parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1 || text.length() > 9) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (i != dot && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return null;
      }
    }
    return new ApiVersion(
        Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  /** Whether this is the given version or a later one. */
  public boolean atLeast(int otherMajor, int otherMinor) {
    return compareTo(new ApiVersion(otherMajor, otherMinor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
