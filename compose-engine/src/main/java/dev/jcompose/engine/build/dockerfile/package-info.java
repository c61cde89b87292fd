/**
 * What a Dockerfile says, as immutable records: stages and their instructions, nothing expanded.
 */
@NullMarked
package dev.jcompose.engine.build.dockerfile;

import org.jspecify.annotations.NullMarked;
