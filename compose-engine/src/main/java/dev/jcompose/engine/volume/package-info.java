/** Named volumes and their first filling from an image. */
@NullMarked
package dev.jcompose.engine.volume;

import org.jspecify.annotations.NullMarked;
