/**
 * How an image is built by an engine: by jcompose's own, which reads the folder itself, or by
 * Docker's first builder, which is sent an archive.
 */
@NullMarked
package dev.jcompose.core.adapter.build;

import org.jspecify.annotations.NullMarked;
