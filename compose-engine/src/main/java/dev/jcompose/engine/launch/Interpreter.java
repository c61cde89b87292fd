package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The machine code that walks the table; its assembly source lies beside it. */
final class Interpreter {
  private Interpreter() {}

  static byte[] code(Architecture architecture) {
    return resource(architecture, "bin");
  }

  static byte[] source(Architecture architecture) {
    return resource(architecture, "s");
  }

  private static byte[] resource(Architecture architecture, String kind) {
    String name = "interpreter-" + architecture.label() + "." + kind;
    try (InputStream in = Interpreter.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the engine's jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
