/** The port of core put on the Docker Engine API; the only place in core that knows engine.api. */
@NullMarked
package dev.jcompose.core.adapter;

import org.jspecify.annotations.NullMarked;
