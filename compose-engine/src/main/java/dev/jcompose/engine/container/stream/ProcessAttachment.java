package dev.jcompose.engine.container.stream;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client attached to a process that runs, or will run, with a hub for its output. */
public final class ProcessAttachment implements Attachment {
  private static final long CHECK_MILLIS = 10;

  private final OutputHub hub;
  private final ClientOutput output;
  private final boolean terminal;
  private final Input input;
  private final Runnable detached;

  private ProcessAttachment(
      OutputHub hub, ClientOutput output, boolean terminal, Input input, Runnable detached) {
    this.hub = hub;
    this.output = output;
    this.terminal = terminal;
    this.input = input;
    this.detached = detached;
  }

  /**
   * The standard input of a process, as a client sees it.
   *
   * @param expected the process has one, or will have once it runs
   * @param now the input at the moment of each write; null: there is none now
   * @param endsWithClient the end of the client's input is the end of the process's
   */
  public record Input(
      boolean expected, Supplier<@Nullable ProcessInput> now, boolean endsWithClient) {}

  /**
   * Attaches.
   *
   * @param input where input goes
   * @param meanwhile done at the moment of joining, while nothing is written to the log
   * @param detached told when the client leaves by its detach keys
   */
  public static ProcessAttachment to(
      OutputHub hub,
      boolean stdout,
      boolean stderr,
      boolean terminal,
      Input input,
      Runnable meanwhile,
      Runnable detached) {
    var output = new ClientOutput(stdout, stderr);
    var attachment = new ProcessAttachment(hub, output, terminal, input, detached);
    hub.add(output, meanwhile);
    return attachment;
  }

  @Override
  public boolean terminal() {
    return terminal;
  }

  @Override
  public @Nullable OutputChunk read() throws InterruptedException {
    return output.take();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      ProcessInput target = awaitInput();
      if (target != null) {
        target.write(bytes, offset, length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the process", e);
    }
  }

  @Override
  public void closeInput() {
    if (!input.endsWithClient()) {
      return;
    }
    try {
      ProcessInput target = awaitInput();
      if (target != null) {
        target.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A client may attach, write and be done before the process is even started. */
  private @Nullable ProcessInput awaitInput() throws InterruptedException {
    ProcessInput target = input.now().get();
    while (target == null && input.expected() && !output.isOverWithin(CHECK_MILLIS)) {
      target = input.now().get();
    }
    return target;
  }

  @Override
  public void detach() {
    detached.run();
    close();
  }

  @Override
  public void close() {
    hub.remove(output);
    output.abandon();
  }
}
