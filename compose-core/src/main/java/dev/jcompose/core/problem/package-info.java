/** What is wrong with the input, where, and what to do about it. */
@NullMarked
package dev.jcompose.core.problem;

import org.jspecify.annotations.NullMarked;
