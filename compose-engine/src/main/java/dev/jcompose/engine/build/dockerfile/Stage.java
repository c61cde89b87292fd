package dev.jcompose.engine.build.dockerfile;

import java.util.List;

/**
 * FROM and the instructions that follow it.
 *
 * @param index 0 for the first stage of the file, as {@code COPY --from=0} counts
 * @param from what the stage begins with
 * @param instructions what follows; neither FROM nor, before the first FROM, ARG
 */
public record Stage(int index, Instruction.From from, List<Instruction> instructions) {
  public Stage {
    instructions = List.copyOf(instructions);
  }

  /** The name after AS in lower case; empty for none. */
  public String name() {
    return from.name();
  }

  /** The name, or the number when it has none: what progress lines and messages call it. */
  public String title() {
    return from.name().isEmpty() ? "stage-" + index : from.name();
  }
}
