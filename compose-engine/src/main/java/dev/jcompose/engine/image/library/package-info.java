/** The front of all image work: it joins the store with whatever can make or fetch an image. */
@NullMarked
package dev.jcompose.engine.image.library;

import org.jspecify.annotations.NullMarked;
