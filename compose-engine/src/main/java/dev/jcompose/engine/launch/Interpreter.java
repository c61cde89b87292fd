package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The machine code that walks the table, kept as hexadecimal text; its assembly source lies beside
 * it, and a test assembles and compares the two.
 */
final class Interpreter {
  private Interpreter() {}

  static byte[] code(Architecture architecture) {
    String hex = new String(resource(architecture, "hex"), StandardCharsets.US_ASCII);
    return HexFormat.of().parseHex(hex.replace("\n", ""));
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
