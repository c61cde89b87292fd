/** Images: their names, their records, their content and the layers containers stand on. */
@NullMarked
package dev.jcompose.engine.image;

import org.jspecify.annotations.NullMarked;
