package dev.jcompose.engine.image.push;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.transfer.SharedTask;
import dev.jcompose.engine.image.transfer.TransferEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets one blob into a repository for every push that wants it there: pushes of two names of an
 * image send it once. It is not only quicker: docker-registry 2.8 writes a blob's link anew for
 * each upload, and refuses a manifest that it checks in the moment in which the link is empty.
 */
final class Sending extends SharedTask<TransferEvent, Descriptor> {
  /**
   * What is sent where.
   *
   * @param repository full name of the target
   * @param credential who sends: nobody gets in with the login of another
   * @param content chain id of a layer, or the configuration's digest
   * @param wanted the one form of a layer that will do; null for any
   */
  record Key(String repository, Credential credential, Digest content, @Nullable Digest wanted) {}

  /** Gets the blob there. */
  @FunctionalInterface
  interface Work {
    Descriptor run(Consumer<TransferEvent> told) throws Exception;
  }

  private final Work work;

  Sending(Work work) {
    this.work = work;
  }

  @Override
  protected Descriptor work() throws Exception {
    return work.run(this::tell);
  }
}
