package dev.jcompose.engine.linux;

/** What the kernel tells of a process that was asked for. */
public sealed interface WaitResult {
  /** It has not ended, or its parent has not reaped it yet. */
  record Running() implements WaitResult {}

  /**
   * It called exit.
   *
   * @param code 0 to 255
   */
  record Exited(int code) implements WaitResult {}

  /** A signal ended it. */
  record Signalled(int signal) implements WaitResult {}

  /**
   * It has ended, and nobody can say how: not our child, and the kernel keeps no exit information.
   */
  record Unknown() implements WaitResult {}
}
