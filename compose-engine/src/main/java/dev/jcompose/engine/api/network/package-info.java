/** Wire records of networks and of the endpoints that join containers to them. */
@NullMarked
package dev.jcompose.engine.api.network;

import org.jspecify.annotations.NullMarked;
