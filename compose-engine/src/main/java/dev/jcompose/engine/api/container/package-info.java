/** Wire records of containers as the API creates, lists and describes them. */
@NullMarked
package dev.jcompose.engine.api.container;

import org.jspecify.annotations.NullMarked;
