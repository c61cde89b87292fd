package dev.jcompose.engine.container.stream;

import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client attached to a process that runs, or will run, with a hub for its output. */
public final class ProcessAttachment implements Attachment {
  private final OutputHub hub;
  private final ClientOutput output;
  private final boolean terminal;
  private final Supplier<@Nullable ProcessInput> input;
  private final boolean closeInputAtEnd;

  private ProcessAttachment(
      OutputHub hub,
      ClientOutput output,
      boolean terminal,
      Supplier<@Nullable ProcessInput> input,
      boolean closeInputAtEnd) {
    this.hub = hub;
    this.output = output;
    this.terminal = terminal;
    this.input = input;
    this.closeInputAtEnd = closeInputAtEnd;
  }

  /**
   * Attaches.
   *
   * @param input the process's input at the moment of each write; null: it has none
   * @param closeInputAtEnd the end of the client's input is the end of the process's
   */
  public static ProcessAttachment to(
      OutputHub hub,
      boolean stdout,
      boolean stderr,
      boolean terminal,
      Supplier<@Nullable ProcessInput> input,
      boolean closeInputAtEnd) {
    var output = new ClientOutput(stdout, stderr);
    var attachment = new ProcessAttachment(hub, output, terminal, input, closeInputAtEnd);
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
    ProcessInput target = input.get();
    if (target != null) {
      target.write(bytes, offset, length);
    }
  }

  @Override
  public void closeInput() {
    ProcessInput target = input.get();
    if (closeInputAtEnd && target != null) {
      target.close();
    }
  }

  @Override
  public void close() {
    hub.remove(output);
    output.abandon();
  }
}
