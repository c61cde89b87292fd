package dev.jcompose.engine.image.transfer;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.artifact.ProjectArtifacts;
import dev.jcompose.engine.image.artifact.ProjectFile;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Images between this engine and registries. All methods block, are safe to call from many threads,
 * and end early when their thread is interrupted.
 */
public interface ImageTransfers {
  /**
   * Makes the image of this name the one the registry has now.
   *
   * @param listener hears how far it is, one event at a time
   * @throws ImageException when the registry refuses, fails or is out of reach, or the image is
   *     none
   */
  Image pull(PullRequest request, Consumer<TransferEvent> listener)
      throws ImageException, InterruptedException;

  /**
   * Makes the registry's image of this name the one that is here.
   *
   * @param listener hears how far it is, one event at a time
   * @return the digest of its manifest
   * @throws ImageException when there is no such image here, or the registry refuses, fails or is
   *     out of reach
   */
  Digest push(PushRequest request, Consumer<TransferEvent> listener)
      throws ImageException, InterruptedException;

  /**
   * Tells what a registry has under a name, without fetching it.
   *
   * @throws ImageException as for a pull
   */
  Offer look(Reference reference, Credential credential)
      throws ImageException, InterruptedException;

  /**
   * What a registry has under a name.
   *
   * @param document the manifest or index
   * @param platforms it has images for
   */
  record Offer(Descriptor document, List<Platform> platforms) {
    public Offer {
      platforms = List.copyOf(platforms);
    }
  }

  /**
   * A manifest and the configuration it names, whatever that holds besides.
   *
   * @param configuration with members that only its writer understands
   */
  record Artifact(Manifest manifest, JsonObject configuration) {}

  /**
   * Reads what a registry has under a name for this machine, without its layers.
   *
   * @throws ImageException as for a pull
   */
  Artifact read(Reference reference, Credential credential)
      throws ImageException, InterruptedException;

  /**
   * Gets one layer of what was read.
   *
   * @param blob one of the manifest's
   * @param diffId digest of the layer's archive
   * @param below chain id of the layer below; null for a lowest layer
   * @param lease holds the layer from now on
   * @throws ImageException as for a pull
   */
  Layer layer(
      Reference reference,
      Credential credential,
      Descriptor blob,
      Digest diffId,
      @Nullable Digest below,
      Lease lease)
      throws ImageException, InterruptedException;

  /**
   * Writes layers and a configuration of the caller's under a name. No image of this engine need
   * have them together.
   *
   * @throws ImageException as for a push
   */
  void write(Reference reference, Credential credential, List<Layer> layers, byte[] configuration)
      throws ImageException, InterruptedException;

  /**
   * Sends a Compose project.
   *
   * @return the digest of its manifest
   * @throws ImageException as for a push
   */
  Digest publish(Reference reference, Credential credential, List<ProjectFile> files)
      throws ImageException, InterruptedException;

  /**
   * Fetches a Compose project.
   *
   * @throws ImageException as for a pull, and when it is none
   */
  ProjectArtifacts.Published published(Reference reference, Credential credential)
      throws ImageException, InterruptedException;

  /**
   * Shows a registry a login.
   *
   * @param domain host and port; {@code docker.io} for Docker Hub
   * @throws ImageException of kind DENIED when the registry does not take it
   */
  void login(String domain, Credential credential) throws ImageException, InterruptedException;
}
