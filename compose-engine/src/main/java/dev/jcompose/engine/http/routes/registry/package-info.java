/** The routes that make the engine talk to registries, and tell how far it is. */
@NullMarked
package dev.jcompose.engine.http.routes.registry;

import org.jspecify.annotations.NullMarked;
