/** Has other runtimes, such as runc and crun, run containers from bundles made for them. */
@NullMarked
package dev.jcompose.engine.runtime.other;

import org.jspecify.annotations.NullMarked;
