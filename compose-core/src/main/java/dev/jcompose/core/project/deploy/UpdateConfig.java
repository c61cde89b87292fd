package dev.jcompose.core.project.deploy;

import java.time.Duration;

/**
 * How the containers of a service are replaced by new ones ({@code deploy.update_config}).
 *
 * @param parallelism how many at a time; 0 for all at once
 * @param settling how long new ones have to stay up before the next are replaced
 * @param startFirst whether a new one is up before the old one stops
 * @param goesOn whether the rest is replaced although a new one failed
 */
public record UpdateConfig(
    int parallelism, Duration settling, boolean startFirst, boolean goesOn) {}
