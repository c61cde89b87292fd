package dev.jcompose.engine.image;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The images of this engine. All methods are safe to call from many threads.
 *
 * <p>A reference is a familiar or full name with optional tag and digest, an image id, or the
 * beginning of an id; names win over ids. The names {@code jcompose/base} and {@code jcompose/java}
 * always resolve: the image is made from this machine's programs when it is missing or outdated.
 */
public interface Images {
  /**
   * Finds an image, and makes it when it is one this engine makes itself.
   *
   * @throws NoSuchImageException when nothing matches, or an id prefix matches several
   * @throws ImageException when making it failed
   * @throws BadReferenceException when the text is no reference
   */
  Image resolve(String reference) throws ImageException;

  /** All images, newest first; dangling ones too. */
  List<Image> list();

  /**
   * Gives an image one more name, taking the name away from any other image.
   *
   * @param reference which image
   * @param name the new name; {@code latest} when it has no tag
   * @throws BadReferenceException when the name is no reference or has a digest
   */
  Image tag(String reference, String name) throws ImageException;

  /**
   * Takes a name off an image, which stays also when it has no other.
   *
   * @throws NoSuchImageException when no image has this name
   * @throws BadReferenceException when the text is no name
   */
  void untag(String name) throws ImageException;

  /**
   * Takes a name off an image; the last name, or an id, takes the image and the layers no other
   * image needs with it.
   *
   * @param force also when an id has several names, when containers use the image of a last name,
   *     and when stopped ones use that of an id; the image then stays without a name until they are
   *     gone
   * @param keepLayers leaves the layers that no other image has, for what is built or pulled next
   * @param use which containers use an image
   * @throws ImageException of kind CONFLICT, naming who still needs the image
   */
  List<Removal> remove(String reference, boolean force, boolean keepLayers, ImageUse use)
      throws ImageException;

  /**
   * Removes images nobody needs, and what no image has.
   *
   * @param all also those with names, as long as no container uses them; else only dangling ones
   * @param which only images among these
   * @param use which containers use an image
   */
  Pruned prune(boolean all, Predicate<Image> which, ImageUse use) throws ImageException;

  /**
   * What pruning did.
   *
   * @param removals in order
   * @param spaceReclaimed bytes of the removed layers' regular files
   */
  record Pruned(List<Removal> removals, long spaceReclaimed) {
    public Pruned {
      removals = List.copyOf(removals);
    }
  }

  /**
   * What the images take on disk.
   *
   * @param layers bytes of the regular files of each unpacked layer, by chain id
   * @param blobs bytes of all blobs
   * @param leftovers bytes of both that no image has
   */
  record Usage(Map<Digest, Long> layers, long blobs, long leftovers) {
    public Usage {
      layers = Map.copyOf(layers);
    }
  }

  /** Measures what the images take on disk. */
  Usage usage() throws ImageException;

  /**
   * Makes an image named {@code name} from programs of this machine and their libraries.
   *
   * @param name the new image's reference
   * @param programs names to look up along PATH, or absolute paths
   * @throws ImageException of kind NOT_FOUND, naming a program that is not there and what to do
   */
  Image fromHost(String name, List<String> programs) throws ImageException;
}
