package dev.jcompose.core.project.mount;

import org.jspecify.annotations.Nullable;

/**
 * A config or secret given to a service.
 *
 * @param source key in the project's configs or secrets
 * @param target absolute path in the container; defaults are filled in
 * @param uid numeric owner; null for 0
 * @param gid numeric group; null for 0
 * @param mode permission bits; null for 0444
 */
public record FileReference(
    String source,
    String target,
    @Nullable String uid,
    @Nullable String gid,
    @Nullable Integer mode) {}
