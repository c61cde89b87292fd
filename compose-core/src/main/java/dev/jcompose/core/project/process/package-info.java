/** What runs in a service's containers: command, environment, hooks, health, restarts. */
@NullMarked
package dev.jcompose.core.project.process;

import org.jspecify.annotations.NullMarked;
