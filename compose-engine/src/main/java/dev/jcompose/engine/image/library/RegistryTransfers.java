package dev.jcompose.engine.image.library;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.artifact.ProjectArtifacts;
import dev.jcompose.engine.image.artifact.ProjectFile;
import dev.jcompose.engine.image.host.HostImages;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.pull.Puller;
import dev.jcompose.engine.image.push.Pusher;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.image.transfer.PullRequest;
import dev.jcompose.engine.image.transfer.PushRequest;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.registry.Registries;
import dev.jcompose.engine.registry.call.Pause;
import dev.jcompose.engine.registry.host.RegistrySettings;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images between a store and registries. */
final class RegistryTransfers implements ImageTransfers {
  private static final Path MACHINE = Path.of("/etc/jcompose");
  private static final Path DOCKER = Path.of("/etc/docker");

  private final Registries registries;
  private final ImageStore store;
  private final FileCalls files;
  private final HostImages host;
  private final Pusher pusher;
  private @Nullable Puller puller;

  RegistryTransfers(StateDirectory state, ImageStore store, FileCalls files, HostImages host) {
    this.host = host;
    this.registries =
        new Registries(
            () -> RegistrySettings.read(List.of(state.root(), MACHINE, DOCKER), System.getenv()),
            Pause.SLEEP);
    this.store = store;
    this.files = files;
    this.pusher = new Pusher(registries, store);
  }

  /** Made at the first pull: the engine must start whatever the settings say. */
  private synchronized Puller puller() throws ImageException {
    Puller made = puller;
    if (made == null) {
      made = new Puller(registries, store, files, registries.settings().downloads());
      puller = made;
    }
    return made;
  }

  @Override
  public Image pull(PullRequest request, Consumer<TransferEvent> listener)
      throws ImageException, InterruptedException {
    Reference name = request.reference();
    if (HostImages.makes(name)) {
      // No registry has it: this machine's programs are where it comes from.
      Image made = host.wellKnown(name);
      listener.accept(
          new TransferEvent.Notice(
              "", "Status: Image is up to date for " + name.orLatest().familiar()));
      return made;
    }
    return puller().pull(request, listener);
  }

  @Override
  public Digest push(PushRequest request, Consumer<TransferEvent> listener)
      throws ImageException, InterruptedException {
    return pusher.push(request, listener);
  }

  @Override
  public Offer look(Reference reference, Credential credential)
      throws ImageException, InterruptedException {
    return puller().look(new PullRequest(reference, null, credential));
  }

  @Override
  public Artifact read(Reference reference, Credential credential)
      throws ImageException, InterruptedException {
    return puller().read(new PullRequest(reference, null, credential));
  }

  @Override
  public Layer layer(
      Reference reference,
      Credential credential,
      Descriptor blob,
      Digest diffId,
      @Nullable Digest below,
      Lease lease)
      throws ImageException, InterruptedException {
    return puller().layer(new PullRequest(reference, null, credential), blob, diffId, below, lease);
  }

  @Override
  public void write(
      Reference reference, Credential credential, List<Layer> layers, byte[] configuration)
      throws ImageException, InterruptedException {
    pusher.write(new PushRequest(reference, credential), layers, configuration);
  }

  @Override
  public Digest publish(Reference reference, Credential credential, List<ProjectFile> project)
      throws ImageException, InterruptedException {
    try {
      Path temporary = Files.createTempDirectory("jcompose-publish");
      try {
        return new ProjectArtifacts(registries).push(reference, credential, project, temporary);
      } finally {
        FileTrees.delete(temporary);
      }
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED, "the project cannot be sent: " + e.getMessage(), e);
    }
  }

  @Override
  public ProjectArtifacts.Published published(Reference reference, Credential credential)
      throws ImageException, InterruptedException {
    return new ProjectArtifacts(registries).pull(reference, credential);
  }

  @Override
  public void login(String domain, Credential credential)
      throws ImageException, InterruptedException {
    registries.login(domain, credential);
  }
}
