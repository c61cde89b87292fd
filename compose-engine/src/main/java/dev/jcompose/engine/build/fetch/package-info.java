/** What ADD and contexts get from elsewhere: archives, files from the network, repositories. */
@NullMarked
package dev.jcompose.engine.build.fetch;

import org.jspecify.annotations.NullMarked;
