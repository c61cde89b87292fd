/** What is kept on disk of images: blobs, unpacked layers, records and names. */
@NullMarked
package dev.jcompose.engine.image.store;

import org.jspecify.annotations.NullMarked;
