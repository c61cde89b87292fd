package dev.jcompose.engine.runtime;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a process has as standard input, output and error. */
public sealed interface Stdio {
  /** Nothing: the container's own /dev/null for all three. */
  record Null() implements Stdio {}

  /**
   * Named pipes that exist already. The container holds output and error open for reading and
   * writing, so they outlive their reader.
   *
   * @param stdin null for /dev/null. Somebody must hold it open for writing when the container is
   *     created, or creation fails
   */
  record Fifos(@Nullable Path stdin, Path stdout, Path stderr) implements Stdio {}

  /** Anonymous pipes; the engine's ends are handed to the caller. Only for exec. */
  record Pipes(boolean stdin) implements Stdio {}

  /**
   * The engine's own.
   *
   * @param input whether standard input is, or /dev/null
   * @param output likewise
   * @param error likewise
   */
  record Inherited(boolean input, boolean output, boolean error) implements Stdio {}

  /** A pseudo terminal; the engine's end is handed to the caller. */
  record Terminal(int rows, int columns) implements Stdio {}
}
