/** Wire records of the engine itself: version, information, events, disk usage. */
@NullMarked
package dev.jcompose.engine.api.system;

import org.jspecify.annotations.NullMarked;
