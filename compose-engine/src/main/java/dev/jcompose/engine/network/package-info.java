/** Networks of containers: bridges, endpoints, addresses, names and published ports. */
@NullMarked
package dev.jcompose.engine.network;

import org.jspecify.annotations.NullMarked;
