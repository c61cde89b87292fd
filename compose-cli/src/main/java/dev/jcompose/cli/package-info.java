/**
 * Entry point: reads the root options, picks the verb and turns every failure into one sentence.
 */
@NullMarked
package dev.jcompose.cli;

import org.jspecify.annotations.NullMarked;
