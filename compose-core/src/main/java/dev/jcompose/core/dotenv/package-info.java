/** The grammar of env files. */
@NullMarked
package dev.jcompose.core.dotenv;

import org.jspecify.annotations.NullMarked;
