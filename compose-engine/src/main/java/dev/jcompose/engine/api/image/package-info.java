/** Wire records of images. */
@NullMarked
package dev.jcompose.engine.api.image;

import org.jspecify.annotations.NullMarked;
