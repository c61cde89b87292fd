/** The rules between bridges, published ports and the outside, computed from state as one table. */
@NullMarked
package dev.jcompose.engine.network.firewall;

import org.jspecify.annotations.NullMarked;
