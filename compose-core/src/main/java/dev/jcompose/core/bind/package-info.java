/** From canonical nodes to the records of a project. */
@NullMarked
package dev.jcompose.core.bind;

import org.jspecify.annotations.NullMarked;
