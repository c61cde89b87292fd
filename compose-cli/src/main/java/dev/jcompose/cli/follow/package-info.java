/** Follows what containers write and how they end. */
@NullMarked
package dev.jcompose.cli.follow;

import org.jspecify.annotations.NullMarked;
