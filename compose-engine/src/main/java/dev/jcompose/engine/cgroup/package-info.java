/** Control groups, versions 1, hybrid and 2: limits, membership, counters, freezing, removal. */
@NullMarked
package dev.jcompose.engine.cgroup;

import org.jspecify.annotations.NullMarked;
