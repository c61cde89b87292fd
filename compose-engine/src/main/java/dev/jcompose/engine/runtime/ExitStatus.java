package dev.jcompose.engine.runtime;

import java.time.Instant;

/**
 * How a process ended.
 *
 * @param code 0 to 255; 128 + n when signal n ended it
 * @param known false when it ended while no engine was its parent and the kernel keeps no exit
 *     information; the code is 137 then
 * @param oomKilled whether the kernel killed a process of the container for lack of memory
 * @param at when the engine learned of it
 */
public record ExitStatus(int code, boolean known, boolean oomKilled, Instant at) {}
