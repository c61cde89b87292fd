/**
 * Containers while the engine lives: their table, their latest records, and what hangs on a run.
 */
@NullMarked
package dev.jcompose.engine.container.live;

import org.jspecify.annotations.NullMarked;
