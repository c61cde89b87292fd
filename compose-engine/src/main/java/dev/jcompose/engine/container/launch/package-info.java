/**
 * From a container's record to what the runtime launches: users, files in /etc, devices, limits.
 */
@NullMarked
package dev.jcompose.engine.container.launch;

import org.jspecify.annotations.NullMarked;
