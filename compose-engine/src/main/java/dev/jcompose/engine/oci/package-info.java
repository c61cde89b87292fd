/** Runs bundles of the Open Container Initiative without an engine, as runc does. */
@NullMarked
package dev.jcompose.engine.oci;

import org.jspecify.annotations.NullMarked;
