/** What core asks an engine to build, and what it hears while that goes on. */
@NullMarked
package dev.jcompose.core.port.build;

import org.jspecify.annotations.NullMarked;
