/** Short forms made long. */
@NullMarked
package dev.jcompose.core.canonical;

import org.jspecify.annotations.NullMarked;
