/**
 * The verbs that move a container from state to state, and what happens at its end and at adoption.
 */
@NullMarked
package dev.jcompose.engine.container.life;

import org.jspecify.annotations.NullMarked;
