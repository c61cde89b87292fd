/** The requests of the distribution API, one class each, and the connection that sends them. */
@NullMarked
package dev.jcompose.engine.registry.call;

import org.jspecify.annotations.NullMarked;
