/** Compose projects in registries, beside the images they are made of. */
@NullMarked
package dev.jcompose.engine.image.artifact;

import org.jspecify.annotations.NullMarked;
