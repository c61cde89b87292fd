/**
 * What builds keep for the next ones: the layers that steps made, and the folders of cache mounts.
 */
@NullMarked
package dev.jcompose.engine.build.cache;

import org.jspecify.annotations.NullMarked;
