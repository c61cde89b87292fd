/** How a registry is told who asks: challenges, Basic, and tokens from a token service. */
@NullMarked
package dev.jcompose.engine.registry.auth;

import org.jspecify.annotations.NullMarked;
