/** What one run of the command line works with: options, settings, streams and exit codes. */
@NullMarked
package dev.jcompose.cli.session;

import org.jspecify.annotations.NullMarked;
