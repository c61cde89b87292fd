package dev.jcompose.engine.api.login;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A program that keeps passwords outside the configuration file (docker-credential-helpers): asked
 * for a server on its standard input, it prints a name and a secret.
 *
 * @param name what follows {@code docker-credential-} in the program's name
 */
record CredentialHelper(String name) {
  /** The user name that says that the secret is an identity token. */
  private static final String TOKEN = "<token>";

  /**
   * What the helper has for a server; empty when it has nothing.
   *
   * @throws LoginException when the program is missing or fails
   */
  Optional<Credential> get(String server) {
    String program = "docker-credential-" + name;
    try {
      Process process = new ProcessBuilder(program, "get").redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(server.getBytes(StandardCharsets.UTF_8));
      }
      byte[] output;
      try (InputStream out = process.getInputStream()) {
        output = out.readAllBytes();
      }
      if (process.waitFor() != 0) {
        String said = new String(output, StandardCharsets.UTF_8).strip();
        if (said.contains("credentials not found") || said.contains("no credentials server")) {
          return Optional.empty();
        }
        throw new LoginException(
            "%s failed for %s: %s; mend it, or take credsStore and credHelpers out of config.json"
                .formatted(program, server, said));
      }
      JsonObject json = Json.object(output);
      String secret = json.string("Secret");
      String username = json.string("Username");
      return Optional.of(
          username.equals(TOKEN)
              ? new Credential("", "", secret, "", server)
              : new Credential(username, secret, "", "", server));
    } catch (IOException e) {
      throw new LoginException(
          "the credential helper %s cannot be run (%s); install it, or take credsStore and"
                  .formatted(program, e.getMessage())
              + " credHelpers out of config.json",
          e);
    } catch (JsonException e) {
      throw new LoginException(program + " did not print a credential: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoginException("interrupted while " + program + " ran", e);
    }
  }
}
