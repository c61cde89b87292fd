package dev.jcompose.engine.runtime;

/**
 * What the engine and the keeper of a container agree on. The keeper is the launch program's first
 * process: it stays as the parent of the container's first process, so that somebody learns how
 * that ends when no engine is there.
 */
public final class Keeper {
  /** The name of the process. */
  public static final String NAME = "jcompose-keeper";

  /**
   * Bytes of an exit record: a siginfo_t as waitid(2) fills it, and in eight more the keeper's
   * process id. All zero until the end.
   */
  public static final int RECORD_BYTES = 136;

  /** The descriptor of its exit record. */
  public static final int RECORD = 700;

  /** The descriptor on which it holds the container's standard input open. */
  public static final int INPUT = 701;

  /** The descriptor of its end of the container's terminal. */
  public static final int TERMINAL = 702;

  /** The signal (SIGUSR1) after which it no longer holds the standard input open. */
  public static final int END_OF_INPUT = 10;

  /** The signal (SIGUSR2) after which it no longer holds output that nobody has read yet. */
  public static final int OUTPUT_READ = 12;

  private Keeper() {}
}
