package dev.jcompose.engine.image.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Image;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an image runs on, in the names that Go and the registries use. Aliases are normalized as
 * containerd's {@code platforms} package does.
 *
 * @param os {@code linux}
 * @param architecture {@code amd64}, {@code arm64}, {@code arm}
 * @param variant {@code v7}; empty for the architecture's plain one
 */
public record Platform(String os, String architecture, String variant) implements JsonValue {
  private static final Pattern PART = Pattern.compile("[a-z0-9_.-]+");

  /** Normalizes aliases. */
  public Platform {
    os = os.toLowerCase(Locale.ROOT);
    String arch = architecture.toLowerCase(Locale.ROOT);
    String part = variant.toLowerCase(Locale.ROOT);
    switch (arch) {
      case "x86_64", "x86-64", "amd64" -> {
        arch = "amd64";
        part = part.equals("v1") ? "" : part;
      }
      case "aarch64", "arm64" -> {
        arch = "arm64";
        part = part.equals("8") || part.equals("v8") ? "" : part;
      }
      case "i386", "i486", "i586", "i686", "x86" -> arch = "386";
      case "armhf" -> {
        arch = "arm";
        part = "v7";
      }
      case "armel" -> {
        arch = "arm";
        part = "v6";
      }
      case "arm" -> part = part.isEmpty() ? "v7" : part.startsWith("v") ? part : "v" + part;
      default -> {
        // Every other architecture has one name only.
      }
    }
    architecture = arch;
    variant = part;
  }

  /**
   * Reads {@code os/architecture[/variant]}, or an architecture alone.
   *
   * @throws BadReferenceException when the text is anything else
   */
  public static Platform parse(String text) {
    List<String> parts = List.of(text.toLowerCase(Locale.ROOT).split("/", -1));
    if (parts.size() > 3 || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
      throw new BadReferenceException(
          "\"" + text + "\" is not a platform; write os/architecture[/variant] as in linux/arm64");
    }
    if (parts.size() == 1) {
      return parts.getFirst().equals("linux")
          ? host()
          : new Platform("linux", parts.getFirst(), "");
    }
    return new Platform(parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : "");
  }

  /** This machine's. */
  public static Platform host() {
    return new Platform("linux", System.getProperty("os.arch"), "");
  }

  /** What an image is for. */
  public static Platform of(Image image) {
    return new Platform(image.os(), image.architecture(), image.variant());
  }

  static Platform of(JsonObject json) {
    return new Platform(json.string("os"), json.string("architecture"), json.string("variant"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("architecture", architecture)
        .put("os", os)
        .putUnlessEmpty("variant", variant)
        .build();
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
  }
}
