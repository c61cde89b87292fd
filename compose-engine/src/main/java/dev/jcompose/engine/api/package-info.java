/**
 * What the engine speaks: the Docker Engine API as records, a JSON codec and a unix-socket client.
 */
@NullMarked
package dev.jcompose.engine.api;

import org.jspecify.annotations.NullMarked;
