/**
 * New images of what is on this machine. Whoever makes one takes a {@link
 * dev.jcompose.engine.image.store.Lease} of the layer store, turns directories into layers with
 * {@link dev.jcompose.engine.image.make.LayerMaker}, adds the image with {@link
 * dev.jcompose.engine.image.make.ImageMaker}, and closes the lease:
 *
 * <pre>{@code
 * try (Lease lease = store.layers().lease()) {
 *   Layer layer = layers.adopt(upper, parentChainId, lease);
 *   Image image = images.make(base, settings, List.of(new Addition(layer, step)), created, author);
 *   store.tag(Digest.parse(image.id()), name);
 * }
 * }</pre>
 */
@NullMarked
package dev.jcompose.engine.image.make;

import org.jspecify.annotations.NullMarked;
