/** What the routes call. */
@NullMarked
package dev.jcompose.engine.http.services;

import org.jspecify.annotations.NullMarked;
