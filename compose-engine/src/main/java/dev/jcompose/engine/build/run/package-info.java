/** Runs the command of a RUN instruction over the layers of its stage. */
@NullMarked
package dev.jcompose.engine.build.run;

import org.jspecify.annotations.NullMarked;
