package dev.jcompose.cli.terminal;

import java.io.IOException;
import java.util.Optional;

/**
 * The terminal hands every key on as it is typed, until closed. Also restored when the process is
 * ended by a signal, but not when it is killed.
 */
public final class RawMode implements AutoCloseable {
  private final String saved;
  private final Thread hook;

  private RawMode(String saved) {
    this.saved = saved;
    this.hook = new Thread(this::restore, "restore terminal");
  }

  /** Enters raw mode; empty when there is no terminal. */
  public static Optional<RawMode> enter() throws IOException, InterruptedException {
    return enter("raw", "-echo");
  }

  /** Hands keys on at once and unseen; Ctrl-C is still a signal, and output is as ever. */
  public static Optional<RawMode> enterKeys() throws IOException, InterruptedException {
    return enter("-icanon", "-echo");
  }

  private static Optional<RawMode> enter(String... settings)
      throws IOException, InterruptedException {
    Optional<String> saved = Stty.run("-g");
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    RawMode mode = new RawMode(saved.get());
    // The hook first: a signal between the two finds a terminal that is as it was.
    Runtime.getRuntime().addShutdownHook(mode.hook);
    Stty.run(settings);
    return Optional.of(mode);
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending; the hook has run or runs now.
    }
  }

  private void restore() {
    try {
      Stty.run(saved);
    } catch (IOException e) {
      System.err.println("jcompose: the terminal could not be restored; type: stty sane");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
