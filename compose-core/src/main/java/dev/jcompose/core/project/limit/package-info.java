/** What a service's containers may use and what they may not. */
@NullMarked
package dev.jcompose.core.project.limit;

import org.jspecify.annotations.NullMarked;
