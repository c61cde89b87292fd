/** What flows between an engine and us while it lasts: output, events, sessions. */
@NullMarked
package dev.jcompose.core.port.stream;

import org.jspecify.annotations.NullMarked;
