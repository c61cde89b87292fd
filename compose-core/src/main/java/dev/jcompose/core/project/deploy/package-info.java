/** The parts of {@code deploy} and {@code develop} that are kept as they are written. */
@NullMarked
package dev.jcompose.core.project.deploy;

import org.jspecify.annotations.NullMarked;
