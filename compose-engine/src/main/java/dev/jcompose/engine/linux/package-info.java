/**
 * The kernel as a port: calls Java makes itself, and one thread that waits for descriptors and
 * exits.
 */
@NullMarked
package dev.jcompose.engine.linux;

import org.jspecify.annotations.NullMarked;
