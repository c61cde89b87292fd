package dev.jcompose.core.project.limit;

/**
 * A process limit.
 *
 * @param soft -1 for no bound
 * @param hard -1 for no bound
 */
public record Ulimit(long soft, long hard) {}
