package dev.jcompose.engine.runtime.process;

import java.util.List;
import java.util.OptionalInt;

/**
 * A container's first process that waits for its start by somebody else.
 *
 * @param startTime field 22 of /proc/PID/stat
 * @param terminal the engine's end of its terminal, if it has one; the caller closes it
 * @param ahead the calls it will make, by which its reports are understood
 */
public record HandedOver(int pid, long startTime, OptionalInt terminal, List<Ahead> ahead) {
  public HandedOver {
    ahead = List.copyOf(ahead);
  }
}
