/** What is told while images come from and go to registries, and work that several wait for. */
@NullMarked
package dev.jcompose.engine.image.transfer;

import org.jspecify.annotations.NullMarked;
