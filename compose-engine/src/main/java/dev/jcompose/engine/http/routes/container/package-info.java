/**
 * The routes of containers as objects: made, listed, described, moved from state to state, looked
 * into.
 */
@NullMarked
package dev.jcompose.engine.http.routes.container;

import org.jspecify.annotations.NullMarked;
