package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.NoSuchImageException;
import dev.jcompose.engine.image.oci.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images to and from archives. All methods are safe to call from many threads. */
public interface ImageExchange {
  /** What is going to be written; made before the first byte, so that no failure comes late. */
  @FunctionalInterface
  interface Saving {
    /** Writes the archive; the stream stays open. */
    void to(OutputStream out) throws IOException;
  }

  /**
   * Prepares an archive of images that Docker, Podman and skopeo read: an OCI image layout with the
   * {@code manifest.json} of {@code docker save} beside it, all layers plain. The same images give
   * the same bytes.
   *
   * @param references names or ids; a name without a tag stands for all tags of its repository
   * @throws NoSuchImageException when one of them is not there
   */
  Saving save(List<String> references) throws ImageException;

  /**
   * One image that came in.
   *
   * @param image as it is in the store now
   * @param names it has in the archive, familiar; none when it has none there
   */
  record Loaded(Image image, List<String> names) {
    public Loaded {
      names = List.copyOf(names);
    }
  }

  /**
   * Takes up all images of an archive: an OCI image layout or one of {@code docker save}, plain or
   * compressed with gzip or zstd, its layers too. Layers that are there already stay. A name in the
   * archive is taken from the image that had it.
   *
   * @param platform which image of several to take; null for this machine's
   * @throws ImageException of kind INVALID, naming what is wrong with the archive
   */
  List<Loaded> load(InputStream archive, @Nullable Platform platform) throws ImageException;

  /**
   * Takes up one image of an OCI image layout in a folder, for this machine's platform. It gets no
   * name; layers that are there already are not read.
   *
   * @param layout {@code FOLDER[:TAG][@DIGEST]}; without either {@code latest}, or the only one
   * @throws ImageException of kind INVALID, naming what is wrong with the layout
   */
  Image take(String layout) throws ImageException;

  /**
   * Makes an image of one layer from an archive of files, plain or compressed.
   *
   * @param name the new image's; empty for none
   * @param message the comment in its history
   * @param changes Dockerfile instructions that set what containers of it get
   * @param platform what it is for; null for this machine's
   */
  Image importFiles(
      InputStream archive,
      String name,
      String message,
      List<String> changes,
      @Nullable Platform platform)
      throws ImageException;
}
