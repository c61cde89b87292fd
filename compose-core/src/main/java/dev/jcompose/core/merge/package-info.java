/** One document over another, by rules the attribute table names. */
@NullMarked
package dev.jcompose.core.merge;

import org.jspecify.annotations.NullMarked;
