/** The whole table of routes, and those of the engine itself: system, events, disk usage. */
@NullMarked
package dev.jcompose.engine.http.routes;

import org.jspecify.annotations.NullMarked;
