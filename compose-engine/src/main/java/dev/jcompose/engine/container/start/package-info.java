/**
 * Starting a container: everything that can be refused first, then the process, its network, the
 * gate.
 */
@NullMarked
package dev.jcompose.engine.container.start;

import org.jspecify.annotations.NullMarked;
