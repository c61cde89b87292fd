package dev.jcompose.core.render;

import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hashes of resources, the same as docker compose 5 computes over its own JSON. */
public final class Hashes {
  private static final int PART = 8;

  private Hashes() {}

  /**
   * Of a service, without what its containers need not be made anew for: how it is built and
   * pulled, how many there are, what it depends on, its profiles.
   *
   * @param service canonical, its env files read
   * @return 64 hex digits
   */
  public static String ofService(YamlMap service) {
    return sha256(JsonPrinter.compact(hashed(service)));
  }

  /**
   * The same attribute by attribute: {@code command=1f3a90c2,environment=...}, so that a later run
   * can tell which of them changed. Each is 8 hex digits.
   */
  public static String partsOfService(YamlMap service) {
    StringBuilder parts = new StringBuilder();
    hashed(service)
        .forEach(
            (name, value) -> {
              if (name.equals("networks") && value instanceof Map<?, ?> networks) {
                // One by one: a container can join one more and leave one.
                networks.forEach((network, how) -> part(parts, "networks." + network, how));
              } else if (name.equals("deploy") && value instanceof Map<?, ?> deploy) {
                deploy.forEach((key, what) -> deploy(parts, String.valueOf(key), what));
              } else {
                part(parts, name, value);
              }
            });
    return parts.toString();
  }

  /** Limits apart from reservations: only those can be changed in place. */
  private static void deploy(StringBuilder parts, String key, @Nullable Object value) {
    if (key.equals("resources") && value instanceof Map<?, ?> resources) {
      resources.forEach((kind, what) -> part(parts, "deploy.resources." + kind, what));
    } else {
      part(parts, "deploy." + key, value);
    }
  }

  private static void part(StringBuilder parts, String name, @Nullable Object value) {
    parts
        .append(parts.isEmpty() ? "" : ",")
        .append(name)
        .append('=')
        .append(sha256(JsonPrinter.compact(value)), 0, PART);
  }

  private static Map<String, @Nullable Object> hashed(YamlMap service) {
    Map<String, @Nullable Object> view = View.ofPart(service, "services", "*");
    view.remove("build");
    view.remove("pull_policy");
    view.remove("scale");
    view.remove("depends_on");
    view.remove("profiles");
    if (view.get("deploy") instanceof Map<?, ?> deploy) {
      deploy.remove("replicas");
    }
    return view;
  }

  /** Of a network with its name; 64 hex digits. */
  public static String ofNetwork(YamlMap network) {
    return sha256(JsonPrinter.compact(View.ofPart(network, "networks", "*")));
  }

  /** Of a volume with its name and driver; 64 hex digits. */
  public static String ofVolume(YamlMap volume) {
    YamlMap full = volume.copy();
    full.putIfAbsent("driver", YamlScalar.of("local", Origin.made("default")));
    return sha256(JsonPrinter.compact(View.ofPart(full, "volumes", "*")));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
