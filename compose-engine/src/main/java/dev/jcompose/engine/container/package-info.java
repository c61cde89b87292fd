/** Containers: their records and their lifecycle from create to remove. */
@NullMarked
package dev.jcompose.engine.container;

import org.jspecify.annotations.NullMarked;
