/** Wire records of named volumes. */
@NullMarked
package dev.jcompose.engine.api.volume;

import org.jspecify.annotations.NullMarked;
