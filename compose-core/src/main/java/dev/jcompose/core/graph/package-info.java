/** Directed graphs of things that need each other, JGraphT behind one small class. */
@NullMarked
package dev.jcompose.core.graph;

import org.jspecify.annotations.NullMarked;
