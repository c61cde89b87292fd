/** Containers as processes: from a launch specification to a running, watched process. */
@NullMarked
package dev.jcompose.engine.runtime;

import org.jspecify.annotations.NullMarked;
