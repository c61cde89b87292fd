/** The embedded engine: it turns Docker Engine API requests into kernel state. */
@NullMarked
package dev.jcompose.engine;

import org.jspecify.annotations.NullMarked;
