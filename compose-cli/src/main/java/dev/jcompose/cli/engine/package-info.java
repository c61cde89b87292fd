/** Finds the engine's socket and starts the engine when nothing answers there. */
@NullMarked
package dev.jcompose.cli.engine;

import org.jspecify.annotations.NullMarked;
