/** The life of a container: start, exit, restart, stop, removal, adoption. */
@NullMarked
package dev.jcompose.engine.container.life;

import org.jspecify.annotations.NullMarked;
