/** What a service's containers see in their file system. */
@NullMarked
package dev.jcompose.core.project.mount;

import org.jspecify.annotations.NullMarked;
