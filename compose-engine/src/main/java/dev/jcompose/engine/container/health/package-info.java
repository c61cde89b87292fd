/** Health checks: probes, their schedule and what they say. */
@NullMarked
package dev.jcompose.engine.container.health;

import org.jspecify.annotations.NullMarked;
