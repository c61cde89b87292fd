package dev.jcompose.engine.registry.auth;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.ImageException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gets tokens (distribution's {@code auth/token.md} and {@code auth/oauth.md}) and uses each until
 * it is about to expire.
 */
public final class TokenService {
  private static final String CLIENT = "jcompose";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST_ANSWER = 1 << 20;

  private record Key(String realm, String service, List<String> scopes, Credential credential) {}

  private final Map<Key, Token> tokens = new ConcurrentHashMap<>();

  /**
   * A token for these scopes.
   *
   * @param client reaches the service as it reaches the registry
   * @param challenge the registry's, of scheme bearer
   * @param fresh whether a kept token will not do, because the registry has refused it
   * @throws ImageException of kind DENIED when the service does not know the credential
   */
  String token(
      HttpClient client,
      Challenge challenge,
      List<String> scopes,
      Credential credential,
      boolean fresh)
      throws IOException, InterruptedException, ImageException {
    Key key =
        new Key(challenge.parameter("realm"), challenge.parameter("service"), scopes, credential);
    Token kept = tokens.get(key);
    if (kept != null && !fresh && Instant.now().isBefore(kept.expires())) {
      return kept.value();
    }
    Token token = fetch(client, key);
    tokens.values().removeIf(old -> old.expires().isBefore(Instant.now()));
    tokens.put(key, token);
    return token.value();
  }

  private static Token fetch(HttpClient client, Key key)
      throws IOException, InterruptedException, ImageException {
    HttpRequest request = key.credential.identityToken().isEmpty() ? get(key) : post(key);
    HttpResponse<byte[]> response =
        client.send(
            request,
            info ->
                HttpResponse.BodySubscribers.limiting(
                    HttpResponse.BodySubscribers.ofByteArray(), LARGEST_ANSWER));
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw new ImageException(
          ImageException.Kind.DENIED,
          "%s does not accept the login of %s; log in again with `docker login`"
              .formatted(request.uri().getHost(), key.credential));
    }
    if (response.statusCode() != 200) {
      throw new IOException(
          "the token service %s answered %d"
              .formatted(request.uri().getHost(), response.statusCode()));
    }
    try {
      Token token = Token.of(Json.object(response.body()), Instant.now());
      if (!token.value().isEmpty()) {
        return token;
      }
      throw new IOException("the token service " + request.uri().getHost() + " gave no token");
    } catch (JsonException e) {
      throw new IOException(
          "the token service %s gave no JSON: %s"
              .formatted(request.uri().getHost(), e.getMessage()),
          e);
    }
  }

  private static HttpRequest get(Key key) throws IOException {
    List<String> query = new ArrayList<>();
    query.add("client_id=" + CLIENT);
    if (!key.service.isEmpty()) {
      query.add("service=" + encode(key.service));
    }
    key.scopes.forEach(scope -> query.add("scope=" + encode(scope)));
    Credential credential = key.credential;
    if (!credential.username().isEmpty()) {
      query.add("account=" + encode(credential.username()));
    }
    URI uri = realm(key.realm + (key.realm.contains("?") ? "&" : "?") + String.join("&", query));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    if (!credential.username().isEmpty()) {
      request.header("Authorization", Authorization.basic(credential));
    }
    return request.build();
  }

  private static HttpRequest post(Key key) throws IOException {
    String form =
        "grant_type=refresh_token&client_id=%s&service=%s&scope=%s&refresh_token=%s"
            .formatted(
                CLIENT,
                encode(key.service),
                encode(String.join(" ", key.scopes)),
                encode(key.credential.identityToken()));
    return HttpRequest.newBuilder(realm(key.realm))
        .timeout(PATIENCE)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .build();
  }

  private static URI realm(String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("the registry names a token service that is no URL: " + text, e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
