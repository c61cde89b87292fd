package dev.jcompose.engine.image;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The full name of an image: {@code domain/path[:tag][@digest]}. The grammar and the Docker Hub
 * defaults are those of the distribution project's {@code reference} package, v0.6.
 *
 * @param domain host and optional port of the registry; {@code docker.io} when none is written
 * @param path repository below the domain; Docker Hub's own images are below {@code library/}
 * @param tag 1 to 128 characters, or null when the reference names none
 * @param digest the manifest's digest, or null; together with a tag the digest decides
 */
public record Reference(String domain, String path, @Nullable String tag, @Nullable Digest digest)
    implements Comparable<Reference> {
  /** The registry of names that are written without one. */
  public static final String DOCKER_HUB = "docker.io";

  private static final String OFFICIAL = "library/";
  private static final int LONGEST_NAME = 255;
  private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
  private static final Pattern DOMAIN =
      Pattern.compile("(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?");
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern HEX_ID = Pattern.compile("[0-9a-f]{64}");

  /** The tag of this text: what follows a colon after the last slash. */
  private static final Pattern SPLIT =
      Pattern.compile("(?<name>[^@]*?)(?::(?<tag>[^:/@]*))?(?:@(?<digest>.*))?");

  public Reference {
    String name = domain + "/" + path;
    if (!DOMAIN.matcher(domain).matches()) {
      throw new BadReferenceException(
          "\"" + domain + "\" is not a registry; write a host name, with :port if need be");
    }
    if (!PATH.matcher(path).matches()) {
      throw new BadReferenceException(
          path.equals(path.toLowerCase(Locale.ROOT))
              ? "\"" + path + "\" is not an image name; write letters, digits and . _ - / between"
              : "\"" + path + "\" has upper-case letters; image names are lower-case");
    }
    if (name.length() > LONGEST_NAME) {
      throw new BadReferenceException(
          "\"" + name + "\" is longer than " + LONGEST_NAME + " characters; shorten the name");
    }
    if (tag != null && !TAG.matcher(tag).matches()) {
      throw new BadReferenceException(
          "\"" + tag + "\" is not a tag; write up to 128 letters, digits, _ . or -");
    }
  }

  /**
   * Reads a full or familiar reference: {@code alpine} is {@code docker.io/library/alpine}. No tag
   * is added; see {@link #orLatest()}.
   *
   * @throws BadReferenceException when the text is no reference
   */
  public static Reference parse(String text) {
    Matcher parts = SPLIT.matcher(text);
    if (!parts.matches() || parts.group("name").isEmpty()) {
      throw new BadReferenceException(
          "\"" + text + "\" is not an image reference; write name[:tag][@sha256:digest]");
    }
    String name = parts.group("name");
    if (HEX_ID.matcher(name).matches()) {
      throw new BadReferenceException(
          "\"" + name + "\" looks like an image id; an image name cannot be 64 hex digits");
    }
    String digest = parts.group("digest");
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    String domain = isDomain(first) ? first : DOCKER_HUB;
    String path = isDomain(first) ? name.substring(slash + 1) : name;
    if (domain.equals("index." + DOCKER_HUB)) {
      domain = DOCKER_HUB;
    }
    if (domain.equals(DOCKER_HUB) && path.indexOf('/') < 0) {
      path = OFFICIAL + path;
    }
    return new Reference(
        domain, path, parts.group("tag"), digest == null ? null : Digest.parse(digest));
  }

  private static boolean isDomain(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  /** This reference, with the tag {@code latest} when it has neither tag nor digest. */
  public Reference orLatest() {
    return tag == null && digest == null ? withTag("latest") : this;
  }

  /** The same repository under this tag and without a digest. */
  public Reference withTag(String newTag) {
    return new Reference(domain, path, newTag, null);
  }

  /** The same repository at this digest and without a tag. */
  public Reference withDigest(Digest newDigest) {
    return new Reference(domain, path, null, newDigest);
  }

  /** Domain and path without tag and digest. */
  public String repository() {
    return domain + "/" + path;
  }

  /** The repository as people write it: Docker Hub's domain and {@code library/} left out. */
  public String familiarRepository() {
    if (!domain.equals(DOCKER_HUB)) {
      return repository();
    }
    return path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0
        ? path.substring(OFFICIAL.length())
        : path;
  }

  /** The reference as people write it; {@link #parse} turns it back into this one. */
  public String familiar() {
    return familiarRepository() + suffix();
  }

  /** The full reference; {@link #parse} turns it back into this one. */
  @Override
  public String toString() {
    return repository() + suffix();
  }

  @Override
  public int compareTo(Reference other) {
    return toString().compareTo(other.toString());
  }

  private String suffix() {
    return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
