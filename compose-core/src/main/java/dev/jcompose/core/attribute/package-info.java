/**
 * The one table of all Compose attributes, which drives every later phase and the documentation.
 */
@NullMarked
package dev.jcompose.core.attribute;

import org.jspecify.annotations.NullMarked;
