/** What is wrong with a merged model, all of it at once. */
@NullMarked
package dev.jcompose.core.validate;

import org.jspecify.annotations.NullMarked;
