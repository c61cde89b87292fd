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
  private final boolean hasInput;
  private final Supplier<@Nullable ProcessInput> input;
  private final boolean closeInputAtEnd;
  private final Runnable detached;

  private ProcessAttachment(
      OutputHub hub,
      ClientOutput output,
      boolean terminal,
      boolean hasInput,
      Supplier<@Nullable ProcessInput> input,
      boolean closeInputAtEnd,
      Runnable detached) {
    this.hub = hub;
    this.output = output;
    this.terminal = terminal;
    this.hasInput = hasInput;
    this.input = input;
    this.closeInputAtEnd = closeInputAtEnd;
    this.detached = detached;
  }

  /**
   * Attaches.
   *
   * @param hasInput the process has standard input, or will have once it runs
   * @param input the process's input at the moment of each write; null: it has none now
   * @param closeInputAtEnd the end of the client's input is the end of the process's
   * @param detached told when the client leaves by its detach keys
   */
  public static ProcessAttachment to(
      OutputHub hub,
      boolean stdout,
      boolean stderr,
      boolean terminal,
      boolean hasInput,
      Supplier<@Nullable ProcessInput> input,
      boolean closeInputAtEnd,
      Runnable detached) {
    var output = new ClientOutput(stdout, stderr);
    var attachment =
        new ProcessAttachment(hub, output, terminal, hasInput, input, closeInputAtEnd, detached);
    hub.add(output);
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
    if (!closeInputAtEnd) {
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
    ProcessInput target = input.get();
    while (target == null && hasInput && !output.isOverWithin(CHECK_MILLIS)) {
      target = input.get();
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
