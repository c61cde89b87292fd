package dev.jcompose.cli.command.project;

import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.RawMode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The keys of an attached {@code up}, and the line at the bottom that says what they do. */
final class KeyMenu implements AutoCloseable {
  private final LogPrinter printer;
  private final RawMode terminal;

  private KeyMenu(LogPrinter printer, RawMode terminal) {
    this.printer = printer;
    this.terminal = terminal;
  }

  /**
   * Hands keys on from now on; empty when there is no terminal.
   *
   * @param keys takes each key, on a thread of its own
   */
  static Optional<KeyMenu> open(Session session, LogPrinter printer, IntConsumer keys)
      throws InterruptedException {
    try {
      Optional<RawMode> terminal = RawMode.enterKeys();
      // A daemon: it sits in a read that nothing but a key can end.
      terminal.ifPresent(
          mode -> Thread.ofPlatform().daemon().name("keys").start(() -> read(session, keys)));
      return terminal.map(mode -> new KeyMenu(printer, mode));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void read(Session session, IntConsumer keys) {
    try {
      for (int key = session.in().read(); key >= 0; key = session.in().read()) {
        keys.accept(key);
      }
    } catch (IOException e) {
      // No more keys; Ctrl-C still works.
    }
  }

  /** Shows the line. */
  void show(boolean watching) {
    printer.footer(
        "w " + (watching ? "stop watching" : "watch files") + "   d detach   Ctrl-C stop");
  }

  @Override
  public void close() {
    printer.footer("");
    terminal.close();
  }
}
