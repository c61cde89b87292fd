/** Name resolution of containers: the files they read and the server at 127.0.0.11. */
@NullMarked
package dev.jcompose.engine.network.dns;

import org.jspecify.annotations.NullMarked;
