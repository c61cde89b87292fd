/** The kernel port implemented with JNA, the only place that imports it. */
@NullMarked
package dev.jcompose.engine.linux.jna;

import org.jspecify.annotations.NullMarked;
