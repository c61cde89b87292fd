package dev.jcompose.engine.api.login;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's logins as the docker command line keeps them in {@code config.json}, and Podman in
 * {@code auth.json}. A helper for one registry wins over the general store, and that over what the
 * file holds itself.
 */
public final class DockerConfig implements Credentials {
  private static final String DOCKER_HUB = "docker.io";
  private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

  private final JsonObject json;

  DockerConfig(JsonObject json) {
    this.json = json;
  }

  /**
   * Reads the user's file: the text in {@code DOCKER_AUTH_CONFIG}, {@code config.json} in {@code
   * DOCKER_CONFIG} or {@code ~/.docker}, or else Podman's file.
   *
   * @throws LoginException when a file is there and cannot be read
   */
  public static DockerConfig load(Map<String, String> environment) {
    String text = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
    if (!text.isBlank()) {
      return parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "DOCKER_AUTH_CONFIG");
    }
    String directory = environment.getOrDefault("DOCKER_CONFIG", "");
    Path docker =
        directory.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".docker")
            : Path.of(directory);
    return read(docker.resolve("config.json"))
        .or(() -> podman(environment))
        .orElseGet(() -> new DockerConfig(JsonObject.EMPTY));
  }

  /**
   * Logins as a client sends them for a whole build: an object by server, in base64 of either
   * alphabet.
   *
   * @param value null or empty for none
   * @throws JsonException when it is anything else
   */
  public static DockerConfig ofHeader(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return new DockerConfig(JsonObject.EMPTY);
    }
    try {
      byte[] json =
          Base64.getUrlDecoder()
              .decode(value.strip().replace('+', '-').replace('/', '_').replace("=", ""));
      return new DockerConfig(JsonObject.builder().put("auths", Json.object(json)).build());
    } catch (IllegalArgumentException e) {
      throw new JsonException(name + " is not base64");
    }
  }

  private static Optional<DockerConfig> podman(Map<String, String> environment) {
    String file = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
    if (!file.isEmpty()) {
      return read(Path.of(file));
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return runtime.isEmpty() ? Optional.empty() : read(Path.of(runtime, "containers", "auth.json"));
  }

  private static Optional<DockerConfig> read(Path file) {
    try {
      return Optional.of(parse(Files.readAllBytes(file), file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LoginException(
          "%s cannot be read (%s); make it readable or remove it".formatted(file, e.getMessage()),
          e);
    }
  }

  private static DockerConfig parse(byte[] text, String place) {
    try {
      return new DockerConfig(Json.object(text));
    } catch (JsonException e) {
      throw new LoginException(
          "%s is not proper JSON (%s); mend or remove it".formatted(place, e.getMessage()), e);
    }
  }

  /**
   * The proxies of {@code proxies.default} as containers and builds are told them, by the names
   * programs look for, in capital and in small letters.
   */
  public Map<String, String> proxies() {
    JsonObject named = json.object("proxies").object("default");
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : List.of("http", "https", "ftp", "all")) {
      put(variables, name, named.string(name + "Proxy"));
    }
    put(variables, "no", named.string("noProxy"));
    return variables;
  }

  private static void put(Map<String, String> variables, String name, String value) {
    if (!value.isEmpty()) {
      variables.put(name.toUpperCase(Locale.ROOT) + "_PROXY", value);
      variables.put(name + "_proxy", value);
    }
  }

  /**
   * What to show a registry.
   *
   * @param domain host and port as references have them; {@code docker.io} for Docker Hub
   * @return {@link Credential#NONE} when nothing is known
   * @throws LoginException when a helper fails
   */
  @Override
  public Credential credential(String domain) {
    boolean hub = domain.equals(DOCKER_HUB);
    String server = hub ? DOCKER_HUB_KEY : domain;
    Map<String, String> helpers = json.stringMap("credHelpers");
    String helper = helpers.getOrDefault(domain, helpers.getOrDefault(server, ""));
    if (helper.isEmpty()) {
      helper = json.string("credsStore");
    }
    if (!helper.isEmpty()) {
      Optional<Credential> kept = new CredentialHelper(helper).get(server);
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    return inFile(domain, server);
  }

  @Override
  public Set<String> domains() {
    Set<String> domains = new LinkedHashSet<>();
    domains.add(DOCKER_HUB);
    json.objectMap("auths").keySet().stream().map(DockerConfig::host).forEach(domains::add);
    json.stringMap("credHelpers").keySet().stream().map(DockerConfig::host).forEach(domains::add);
    // Its other name.
    domains.remove(host(DOCKER_HUB_KEY));
    return domains;
  }

  private Credential inFile(String domain, String server) {
    Map<String, JsonObject> logins = json.objectMap("auths");
    JsonObject exact = logins.get(server);
    if (exact != null) {
      return credential(exact, server);
    }
    for (Map.Entry<String, JsonObject> login : logins.entrySet()) {
      String host = host(login.getKey());
      if (host.equals(domain) || (domain.equals(DOCKER_HUB) && host.equals("index.docker.io"))) {
        return credential(login.getValue(), server);
      }
    }
    return Credential.NONE;
  }

  private static Credential credential(JsonObject login, String server) {
    Credential found = Credential.of(login);
    return new Credential(
        found.username(), found.password(), found.identityToken(), found.registryToken(), server);
  }

  /** Keys were URLs once: {@code https://host/v1/}. */
  private static String host(String key) {
    String host = key.toLowerCase(Locale.ROOT);
    int scheme = host.indexOf("://");
    if (scheme >= 0) {
      host = host.substring(scheme + 3);
    }
    int slash = host.indexOf('/');
    return slash < 0 ? host : host.substring(0, slash);
  }
}
