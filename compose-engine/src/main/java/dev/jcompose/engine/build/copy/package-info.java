/** COPY and ADD: from read-only trees into the directory of a new layer, without a mount. */
@NullMarked
package dev.jcompose.engine.build.copy;

import org.jspecify.annotations.NullMarked;
