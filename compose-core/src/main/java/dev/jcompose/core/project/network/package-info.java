/** How a service is reached: ports, networks, names. */
@NullMarked
package dev.jcompose.core.project.network;

import org.jspecify.annotations.NullMarked;
