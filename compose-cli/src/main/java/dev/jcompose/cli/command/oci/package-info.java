/** {@code jcompose oci}: our runtime with the command line of runc, for others to use. */
@NullMarked
package dev.jcompose.cli.command.oci;

import org.jspecify.annotations.NullMarked;
