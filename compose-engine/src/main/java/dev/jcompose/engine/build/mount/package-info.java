/** The values of {@code RUN --mount}. */
@NullMarked
package dev.jcompose.engine.build.mount;

import org.jspecify.annotations.NullMarked;
