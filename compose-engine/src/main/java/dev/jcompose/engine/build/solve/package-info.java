/**
 * Decides which stages and steps a build needs, and has them done, in parallel where they can be.
 */
@NullMarked
package dev.jcompose.engine.build.solve;

import org.jspecify.annotations.NullMarked;
