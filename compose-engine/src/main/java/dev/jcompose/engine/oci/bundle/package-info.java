/** From the config.json of a bundle to what the runtime launches (runtime-spec 1.3). */
@NullMarked
package dev.jcompose.engine.oci.bundle;

import org.jspecify.annotations.NullMarked;
