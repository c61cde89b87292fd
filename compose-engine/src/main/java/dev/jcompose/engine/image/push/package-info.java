/** Images to registries: only what they do not have yet, and the same bytes each time. */
@NullMarked
package dev.jcompose.engine.image.push;

import org.jspecify.annotations.NullMarked;
