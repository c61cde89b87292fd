/** Variables in values, and the casts that follow. */
@NullMarked
package dev.jcompose.core.interpolate;

import org.jspecify.annotations.NullMarked;
