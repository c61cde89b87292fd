/** The Compose model and what makes a machine match it. */
@NullMarked
package dev.jcompose.core;

import org.jspecify.annotations.NullMarked;
