/** A build as it is asked for on this machine, and what it tells while it runs. */
@NullMarked
package dev.jcompose.engine.api.build;

import org.jspecify.annotations.NullMarked;
