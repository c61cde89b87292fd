package dev.jcompose.engine.daemon;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.build.solve.BaseImages;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.image.NoSuchImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.exchange.ImageExchange;
import dev.jcompose.engine.image.host.HostImages;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.image.transfer.PullRequest;
import org.jspecify.annotations.Nullable;

/**
 * The images of builds: those that are here, and else those of registries, with the logins that
 * came with the build or else of whoever started the engine.
 */
record BuildBases(Images images, ImageExchange archives, ImageTransfers transfers)
    implements BaseImages {
  @Override
  public Image find(
      String reference, @Nullable Platform platform, boolean fresh, Credentials logins)
      throws ImageException, InterruptedException {
    boolean id = reference.matches("sha256:[0-9a-f]{64}");
    if (id || !fresh || HostImages.makes(Reference.parse(reference))) {
      try {
        Image here = images.resolve(reference);
        if (id || platform == null || platform.equals(Platform.of(here))) {
          return here;
        }
      } catch (NoSuchImageException e) {
        if (id) {
          throw e;
        }
      }
    }
    Reference name = Reference.parse(reference);
    return transfers.pull(new PullRequest(name, platform, login(name, logins)), event -> {});
  }

  @Override
  public Image layout(String layout) throws ImageException {
    return archives.take(layout);
  }

  @Override
  public Credential login(Reference reference, Credentials logins) {
    Credential given = logins.credential(reference.domain());
    return given.isNone()
        ? DockerConfig.load(System.getenv()).credential(reference.domain())
        : given;
  }
}
