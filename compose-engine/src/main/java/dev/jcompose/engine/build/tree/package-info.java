/** The files a build reads: a context folder in place, or the layers of a stage over each other. */
@NullMarked
package dev.jcompose.engine.build.tree;

import org.jspecify.annotations.NullMarked;
