/** Bridges between Netty's event loop and blocking code: bytes in and out, with backpressure. */
@NullMarked
package dev.jcompose.engine.http.channel;

import org.jspecify.annotations.NullMarked;
