/** The engine as a process: start, lock, wiring, adoption and shutdown. */
@NullMarked
package dev.jcompose.engine.daemon;

import org.jspecify.annotations.NullMarked;
