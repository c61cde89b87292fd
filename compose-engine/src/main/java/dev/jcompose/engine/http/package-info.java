/**
 * The engine's HTTP server on a unix socket: routing, versions, errors, streams, raw connections.
 */
@NullMarked
package dev.jcompose.engine.http;

import org.jspecify.annotations.NullMarked;
