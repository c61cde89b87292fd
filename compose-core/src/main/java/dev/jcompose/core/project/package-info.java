/** The immutable Compose project that loading ends with and planning starts from. */
@NullMarked
package dev.jcompose.core.project;

import org.jspecify.annotations.NullMarked;
