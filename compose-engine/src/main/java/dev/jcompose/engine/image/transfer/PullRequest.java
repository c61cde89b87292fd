package dev.jcompose.engine.image.transfer;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Platform;
import org.jspecify.annotations.Nullable;

/**
 * An image somebody wants from a registry.
 *
 * @param reference without tag and digest {@code latest} is meant
 * @param platform null for whatever suits this machine best
 * @param credential what the registry is shown
 */
public record PullRequest(Reference reference, @Nullable Platform platform, Credential credential) {
  public PullRequest {
    reference = reference.orLatest();
  }
}
