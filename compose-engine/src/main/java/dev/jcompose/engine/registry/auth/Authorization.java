package dev.jcompose.engine.registry.auth;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.ImageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What one user shows one registry for one kind of work. The registry says how it wants to be
 * convinced when it first refuses; from then on every request carries it. Safe from many threads.
 */
public final class Authorization {
  private final TokenService tokens;
  private final HttpClient client;
  private final Credential credential;
  private final List<Scope> scopes;
  private final boolean secure;
  private volatile String header;

  /**
   * Of nobody yet.
   *
   * @param client reaches token services
   * @param secure whether the registry is asked over TLS; credentials then go nowhere without it
   */
  public Authorization(
      TokenService tokens,
      HttpClient client,
      Credential credential,
      List<Scope> scopes,
      boolean secure) {
    this.tokens = tokens;
    this.client = client;
    this.credential = credential;
    this.scopes = List.copyOf(scopes);
    this.secure = secure;
    this.header =
        credential.registryToken().isEmpty() ? "" : "Bearer " + credential.registryToken();
  }

  /** The value of the header Authorization; empty for none. */
  public String header() {
    return header;
  }

  /** Whether somebody is named, as against an anonymous request. */
  public boolean isNamed() {
    return !credential.isNone();
  }

  static String basic(Credential credential) {
    String text = credential.username() + ":" + credential.password();
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers a refusal.
   *
   * @param refused the header that was refused
   * @return whether it is worth asking again
   * @throws ImageException when the token service does not accept the credential
   */
  public synchronized boolean renew(List<Challenge> challenges, String refused)
      throws IOException, InterruptedException, ImageException {
    if (!refused.equals(header)) {
      // Another request has renewed it meanwhile.
      return true;
    }
    Optional<Challenge> bearer = find(challenges, "bearer");
    if (bearer.isPresent() && credential.registryToken().isEmpty()) {
      Challenge challenge = bearer.get();
      requireSafe(challenge.parameter("realm"));
      List<String> wanted = Scope.join(scopes, challenge.parameter("scope"));
      header = "Bearer " + tokens.token(client, challenge, wanted, credential, !refused.isEmpty());
      return !header.equals(refused);
    }
    if (find(challenges, "basic").isPresent() && !credential.username().isEmpty()) {
      header = basic(credential);
      return !header.equals(refused);
    }
    return false;
  }

  private static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
    return challenges.stream().filter(challenge -> challenge.scheme().equals(scheme)).findFirst();
  }

  private void requireSafe(String realm) throws ImageException {
    boolean plain;
    try {
      plain = !"https".equalsIgnoreCase(URI.create(realm).getScheme());
    } catch (IllegalArgumentException e) {
      plain = true;
    }
    if (plain && secure && isNamed()) {
      throw new ImageException(
          ImageException.Kind.DENIED,
          "the registry wants the login sent to %s, which is not encrypted; nothing was sent"
              .formatted(realm));
    }
  }
}
