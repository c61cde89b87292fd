package dev.jcompose.core.port.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted.
 *
 * @param follow whether to go on as long as the container runs
 * @param timestamps whether each line starts with its RFC 3339 time, nine digits, and a space
 * @param tail how many of the last lines, null for all
 * @param since nothing before this, null for no bound
 * @param until nothing after this, null for no bound
 */
public record LogRequest(
    boolean follow,
    boolean timestamps,
    @Nullable Integer tail,
    @Nullable Instant since,
    @Nullable Instant until) {}
