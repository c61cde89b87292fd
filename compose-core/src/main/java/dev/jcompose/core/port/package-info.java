/**
 * What core needs from a container engine, in core's own words; an adapter puts a real engine
 * behind it.
 */
@NullMarked
package dev.jcompose.core.port;

import org.jspecify.annotations.NullMarked;
