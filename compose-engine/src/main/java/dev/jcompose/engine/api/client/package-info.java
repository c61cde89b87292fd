/**
 * A client of the Docker Engine API on plain JDK channels, lean enough for a command line's start.
 */
@NullMarked
package dev.jcompose.engine.api.client;

import org.jspecify.annotations.NullMarked;
