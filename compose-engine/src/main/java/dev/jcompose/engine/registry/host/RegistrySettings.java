package dev.jcompose.engine.registry.host;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the machine's owner has set about registries, in the keys of Docker's {@code daemon.json}.
 *
 * @param mirrors URLs asked before Docker Hub, in order
 * @param insecure hosts, with port or not, and networks in CIDR form that need no proper TLS
 * @param proxies which proxies lead out
 * @param certificates directories that have one directory per {@code host[:port]} with {@code
 *     *.crt} authorities and {@code *.cert}, {@code *.key} pairs, first wins
 * @param downloads blobs fetched at the same time for all pulls together
 * @param uploads blobs sent at the same time for one push
 * @param attempts how often a request is tried before it counts as failed
 */
public record RegistrySettings(
    List<String> mirrors,
    List<String> insecure,
    Proxies proxies,
    List<Path> certificates,
    int downloads,
    int uploads,
    int attempts) {
  private static final int DOWNLOADS = 4;
  private static final int UPLOADS = 4;
  private static final int ATTEMPTS = 5;
  private static final int MOST = 64;

  public RegistrySettings {
    mirrors = List.copyOf(mirrors);
    insecure = List.copyOf(insecure);
    certificates = List.copyOf(certificates);
  }

  /** Nothing set: mirrors, authorities and proxies none. */
  public static final RegistrySettings DEFAULTS =
      new RegistrySettings(
          List.of(), List.of(), Proxies.NONE, List.of(), DOWNLOADS, UPLOADS, ATTEMPTS);

  /**
   * Reads the first of {@code engine.json} in these directories and Docker's own file; read anew
   * each time, so that a change needs no restart.
   *
   * @param directories the engine's root and the machine's configuration, first wins
   * @param environment where proxies are named when the file names none
   * @throws ImageException when the file is there and makes no sense
   */
  public static RegistrySettings read(List<Path> directories, Map<String, String> environment)
      throws ImageException {
    List<Path> files = new ArrayList<>();
    List<Path> certificates = new ArrayList<>();
    for (Path directory : directories) {
      files.add(directory.resolve("engine.json"));
      files.add(directory.resolve("daemon.json"));
      certificates.add(directory.resolve("certs.d"));
    }
    for (Path file : files) {
      if (Files.exists(file)) {
        return read(file, certificates, environment);
      }
    }
    return of(JsonObject.EMPTY, certificates, environment);
  }

  private static RegistrySettings read(
      Path file, List<Path> certificates, Map<String, String> environment) throws ImageException {
    try {
      return of(Json.object(Files.readAllBytes(file)), certificates, environment);
    } catch (IOException | JsonException e) {
      throw new ImageException(
          ImageException.Kind.INVALID,
          "%s cannot be used: %s; mend it".formatted(file, e.getMessage()),
          e);
    }
  }

  private static RegistrySettings of(
      JsonObject json, List<Path> certificates, Map<String, String> environment) {
    JsonObject proxies = json.object("proxies");
    return new RegistrySettings(
        json.strings("registry-mirrors"),
        json.strings("insecure-registries"),
        proxies.isEmpty()
            ? Proxies.of(environment)
            : new Proxies(
                proxies.string("http-proxy"),
                proxies.string("https-proxy"),
                proxies.string("no-proxy")),
        certificates,
        number(json, "max-concurrent-downloads", DOWNLOADS),
        number(json, "max-concurrent-uploads", UPLOADS),
        number(json, "max-download-attempts", ATTEMPTS));
  }

  private static int number(JsonObject json, String name, int usual) {
    long number = json.number(name);
    if (number < 0 || number > MOST) {
      throw new JsonException(name + ": " + number + " is not between 1 and " + MOST);
    }
    return number == 0 ? usual : (int) number;
  }
}
