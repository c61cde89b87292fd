package dev.jcompose.engine.build.run;

import java.nio.ByteBuffer;

/** Takes what the command of a step writes, as it comes. */
@FunctionalInterface
public interface StepOutput {
  /**
   * Some bytes.
   *
   * @param error whether they went to standard error
   * @param bytes not to be kept
   */
  void write(boolean error, ByteBuffer bytes);
}
