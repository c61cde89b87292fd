/** The client of image registries (OCI distribution-spec 1.1): repositories and what is in them. */
@NullMarked
package dev.jcompose.engine.registry;

import org.jspecify.annotations.NullMarked;
