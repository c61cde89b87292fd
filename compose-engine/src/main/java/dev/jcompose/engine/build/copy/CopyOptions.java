package dev.jcompose.engine.build.copy;

import dev.jcompose.engine.build.ignore.IgnoreRules;
import org.jspecify.annotations.Nullable;

/**
 * How things are copied.
 *
 * @param owner whom everything belongs to; null to keep the owners of the sources
 * @param mode what happens to permissions; null to keep them
 * @param excludes what is left out, relative to each source
 * @param replaces whether a directory may take the place of a file and a file that of a directory,
 *     as unpacking an archive does and copying does not
 * @param attributes whether extended attributes come along
 */
public record CopyOptions(
    @Nullable Owner owner,
    @Nullable ModeChange mode,
    IgnoreRules excludes,
    boolean replaces,
    boolean attributes) {}
