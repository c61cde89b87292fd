/** The JSON documents of the OCI image format and Docker's additions to it, as records. */
@NullMarked
package dev.jcompose.engine.image.oci;

import org.jspecify.annotations.NullMarked;
