package dev.jcompose.engine.image.transfer;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Reference;

/**
 * An image somebody wants in a registry.
 *
 * @param reference its name here, which is its name there; with a tag and without a digest
 * @param credential what the registry is shown
 */
public record PushRequest(Reference reference, Credential credential) {
  public PushRequest {
    reference = reference.orLatest();
    if (reference.digest() != null) {
      throw new dev.jcompose.engine.image.BadReferenceException(
          "\""
              + reference.familiar()
              + "\" has a digest, and a push gives a tag; write name[:tag]");
    }
  }
}
