package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.RawMode;
import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.cli.terminal.WindowSize;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.Output;
import dev.jcompose.core.port.stream.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Connects this process's streams with a process in a container until that one ends. */
public final class Conversation {
  private static final int PIECE = 16 * 1024;

  private final dev.jcompose.core.port.stream.Session process;
  private final Session session;

  /** A conversation that has not begun. */
  public Conversation(dev.jcompose.core.port.stream.Session process, Session session) {
    this.process = process;
    this.session = session;
  }

  /** Talks on a terminal when the process has one and this is one too, else plainly. */
  public void talk(boolean stdin) throws IOException, InterruptedException {
    if (process.tty() && Terminal.isInput()) {
      onTerminal(stdin);
    } else {
      plain(stdin);
    }
  }

  /** Without a terminal: output and errors stay apart. */
  void plain(boolean stdin) {
    if (stdin) {
      pumpInput();
    }
    pumpOutput();
  }

  /** With a terminal on both sides: keys go through untouched and the size is kept equal. */
  void onTerminal(boolean stdin) throws IOException, InterruptedException {
    Optional<RawMode> raw = RawMode.enter();
    try {
      resize();
      Signals.on("WINCH", this::resize);
      plain(stdin);
    } finally {
      raw.ifPresent(RawMode::close);
    }
  }

  private void resize() {
    try {
      WindowSize.ask().ifPresent(size -> process.resize(size.rows(), size.columns()));
    } catch (IOException | InterruptedException | EngineException e) {
      // The old size stays; the process may just have ended.
    }
  }

  // A daemon: it sits in a read that nothing but a key can end.
  private void pumpInput() {
    Thread.ofPlatform().daemon().name("stdin").start(this::copyInput);
  }

  private void copyInput() {
    byte[] piece = new byte[PIECE];
    try {
      for (int n = session.in().read(piece); n >= 0; n = session.in().read(piece)) {
        process.write(ByteBuffer.wrap(piece, 0, n));
      }
      process.closeInput();
    } catch (IOException | EngineException e) {
      // The process does not read any more; its output and exit code still count.
    }
  }

  private void pumpOutput() {
    for (Output output = process.next(); output != null; output = process.next()) {
      PrintStream target = output.source() == Source.ERR ? session.err() : session.out();
      byte[] bytes = new byte[output.bytes().remaining()];
      output.bytes().get(bytes);
      target.write(bytes, 0, bytes.length);
      target.flush();
    }
  }
}
