/**
 * The only wire codec of engine and client: JSON as ordered, null-tolerant objects on a streaming
 * parser.
 */
@NullMarked
package dev.jcompose.engine.api.json;

import org.jspecify.annotations.NullMarked;
