/** Images from registries: blobs into the store and layers into their directories at once. */
@NullMarked
package dev.jcompose.engine.image.pull;

import org.jspecify.annotations.NullMarked;
