/** The only place that turns wire records into the engine's types and back. */
@NullMarked
package dev.jcompose.engine.http.wire;

import org.jspecify.annotations.NullMarked;
