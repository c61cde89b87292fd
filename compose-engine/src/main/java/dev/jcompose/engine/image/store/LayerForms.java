package dev.jcompose.engine.image.store;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which blobs give which layer. Two compressors never write the same bytes, so what was pulled or
 * compressed once is remembered: its digest must stay what registries know it by.
 */
public final class LayerForms {
  private final ImagePaths paths;
  private final BlobStore blobs;

  LayerForms(ImagePaths paths, BlobStore blobs) {
    this.paths = paths;
    this.blobs = blobs;
  }

  /** The known archives of a layer, latest first, whether their blobs are here or not. */
  public synchronized List<LayerForm> of(Digest diffId) {
    try {
      return Json.object(Files.readAllBytes(paths.layerForms(diffId)))
          .records("forms", LayerForm::of);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("could not read the forms of layer " + diffId, e);
    }
  }

  /**
   * Notes that a blob gives a layer.
   *
   * @param repositories full names of repositories that have it
   */
  public synchronized void note(Digest diffId, Descriptor blob, List<String> repositories) {
    List<LayerForm> forms = new ArrayList<>();
    LayerForm noted = new LayerForm(blob, repositories);
    for (LayerForm form : of(diffId)) {
      if (form.blob().digest().equals(blob.digest())) {
        noted = form.with(repositories);
        if (noted.equals(form)) {
          return;
        }
      } else {
        forms.add(form);
      }
    }
    forms.addFirst(noted);
    StateFiles.write(
        paths.layerForms(diffId),
        Json.bytes(
            JsonObject.builder().put("diffId", diffId.toString()).put("forms", forms).build()));
  }

  /** Forgets a layer nobody needs and deletes its blobs; tells how many bytes they had. */
  synchronized long remove(Digest diffId) throws IOException {
    long size = 0;
    for (LayerForm form : of(diffId)) {
      Path blob = paths.blob(form.blob().digest());
      if (Files.exists(blob)) {
        size += Files.size(blob);
        blobs.remove(form.blob().digest());
      }
    }
    Files.deleteIfExists(paths.layerForms(diffId));
    return size;
  }
}
