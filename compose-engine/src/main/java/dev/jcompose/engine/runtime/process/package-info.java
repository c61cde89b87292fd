/** Runs launch programs: starts, gates, watches, signals and cleans up processes. */
@NullMarked
package dev.jcompose.engine.runtime.process;

import org.jspecify.annotations.NullMarked;
