/** HTTP/1.1 over a unix socket on plain JDK channels: connections, bodies, raw streams, frames. */
@NullMarked
package dev.jcompose.engine.api.transport;

import org.jspecify.annotations.NullMarked;
