/** The routes that carry what processes read and write: attach, exec, logs. */
@NullMarked
package dev.jcompose.engine.http.routes.stream;

import org.jspecify.annotations.NullMarked;
