/** Which stages a Dockerfile's instructions may refer to. */
@NullMarked
package dev.jcompose.engine.build.stage;

import org.jspecify.annotations.NullMarked;
