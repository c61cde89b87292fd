package dev.jcompose.engine.registry;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.registry.call.Connection;
import dev.jcompose.engine.registry.call.RegistryException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Sends blobs, each in one request, and begins anew what broke off. */
public final class BlobUpload {
  private static final Set<Integer> PASSING = Set.of(0, 404, 408, 429, 500, 502, 503, 504);
  private static final long TELL_EVERY = 1 << 19;

  private final Function<Digest, Path> files;
  private final Sources target;

  /**
   * @param files where each blob is
   */
  public BlobUpload(Function<Digest, Path> files, Sources target) {
    this.files = files;
    this.target = target;
  }

  /**
   * Sends a blob.
   *
   * @param begun an upload the registry has begun already
   * @param sent is told now and then how many bytes have gone
   */
  public void send(Digest digest, Optional<URI> begun, LongConsumer sent)
      throws ImageException, InterruptedException {
    Optional<URI> upload = begun;
    for (int attempt = 1; ; attempt++) {
      Connection connection = target.preferred().connection();
      try {
        URI where = upload.isPresent() ? upload.get() : target.first(place -> place.beginUpload());
        target.preferred().upload(where, digest, files.apply(digest), sparingly(sent));
        return;
      } catch (RegistryException e) {
        // An upload that is known no more (404) is one that broke off.
        if (attempt >= connection.attempts() || !PASSING.contains(e.status())) {
          throw e;
        }
        upload = Optional.empty();
        connection.pause().before(attempt);
      }
    }
  }

  private static LongConsumer sparingly(LongConsumer sent) {
    return new LongConsumer() {
      private long told;

      @Override
      public void accept(long bytes) {
        if (bytes - told >= TELL_EVERY) {
          told = bytes;
          sent.accept(bytes);
        }
      }
    };
  }
}
