package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.copy.CopyOptions;
import dev.jcompose.engine.build.copy.CopySource;
import java.io.IOException;
import java.util.List;

/**
 * Things that COPY or ADD copies in one way.
 *
 * @param key names their content
 * @param options how they are copied
 * @param target absolute path; with a slash at its end it is a folder
 * @param contents the things, made when they are needed
 */
record Batch(String key, CopyOptions options, String target, Contents contents) {
  /** Gives the things; an archive is only unpacked by this. */
  @FunctionalInterface
  interface Contents {
    List<CopySource> get() throws BuildException, IOException, InterruptedException;
  }
}
