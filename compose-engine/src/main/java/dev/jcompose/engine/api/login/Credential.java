package dev.jcompose.engine.api.login;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a registry is shown: a name and a password, or a token. Its text form keeps them secret.
 *
 * @param username empty for none
 * @param password empty for none
 * @param identityToken what an OAuth2 token service takes instead of a password; empty for none
 * @param registryToken what the registry itself takes; empty for none
 * @param serverAddress the registry it is for; empty when that is clear
 */
public record Credential(
    String username,
    String password,
    String identityToken,
    String registryToken,
    String serverAddress)
    implements JsonValue {
  /** The name of the header that carries it. */
  public static final String HEADER = "X-Registry-Auth";

  /** Nobody. */
  public static final Credential NONE = new Credential("", "", "", "", "");

  /** A name and a password. */
  public static Credential of(String username, String password) {
    return new Credential(username, password, "", "", "");
  }

  /** Reads the wire form. */
  public static Credential of(JsonObject json) {
    Credential coded = basic(json.string("auth"));
    String username = json.string("username");
    String password = json.string("password");
    return new Credential(
        username.isEmpty() ? coded.username : username,
        password.isEmpty() ? coded.password : password,
        json.string("identitytoken"),
        json.string("registrytoken"),
        json.string("serveraddress"));
  }

  /** The name and password in the base64 text of {@code name:password}; nobody for other texts. */
  static Credential basic(String base64) {
    try {
      String text = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon <= 0
          ? NONE
          : of(text.substring(0, colon), text.substring(colon + 1).replace("\0", ""));
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  /**
   * Reads {@value #HEADER}: JSON in base64 of either alphabet. An absent or empty header is nobody.
   *
   * @throws JsonException when it is anything else
   */
  public static Credential ofHeader(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return NONE;
    }
    try {
      byte[] json =
          Base64.getUrlDecoder()
              .decode(value.strip().replace('+', '-').replace('/', '_').replace("=", ""));
      return json.length == 0 ? NONE : of(Json.object(json));
    } catch (IllegalArgumentException e) {
      throw new JsonException(HEADER + " is not base64");
    }
  }

  /** The value of {@value #HEADER}. */
  public String header() {
    return Base64.getUrlEncoder().encodeToString(Json.bytes(this));
  }

  /** Whether there is nothing to show. */
  public boolean isNone() {
    return username.isEmpty() && identityToken.isEmpty() && registryToken.isEmpty();
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .putUnlessEmpty("username", username)
        .putUnlessEmpty("password", password)
        .putUnlessEmpty("identitytoken", identityToken)
        .putUnlessEmpty("registrytoken", registryToken)
        .putUnlessEmpty("serveraddress", serverAddress)
        .build();
  }

  @Override
  public String toString() {
    return isNone() ? "nobody" : username.isEmpty() ? "a token" : username;
  }
}
