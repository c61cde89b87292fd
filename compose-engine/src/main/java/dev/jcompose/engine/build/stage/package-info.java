/** Which stages and which arguments of the builder a Dockerfile may refer to. */
@NullMarked
package dev.jcompose.engine.build.stage;

import org.jspecify.annotations.NullMarked;
