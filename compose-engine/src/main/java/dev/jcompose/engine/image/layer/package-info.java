/** Layers between archive and directory: safe unpacking, overlay's marks for what is deleted. */
@NullMarked
package dev.jcompose.engine.image.layer;

import org.jspecify.annotations.NullMarked;
