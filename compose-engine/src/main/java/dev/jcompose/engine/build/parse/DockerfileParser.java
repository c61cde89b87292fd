package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SourceText;
import java.nio.charset.StandardCharsets;

/**
 * Reads Dockerfiles as BuildKit's frontend 1.26 does: directives, continuation lines, heredocs, all
 * instructions with all their flags. What it cannot read it collects, so one run tells of all of
 * it.
 */
public final class DockerfileParser {
  /** Longer files are no Dockerfiles. */
  private static final int LONGEST = 4_000_000;

  private DockerfileParser() {}

  /**
   * Reads a file.
   *
   * @param name what the user calls it; stands in messages
   * @param utf8 its bytes
   * @throws DockerfileException with every mistake in it, each with the lines it is about
   */
  public static Dockerfile parse(String name, byte[] utf8) {
    return parse(name, new String(utf8, StandardCharsets.UTF_8));
  }

  /**
   * Reads a text.
   *
   * @param name what the user calls it; stands in messages
   * @throws DockerfileException with every mistake in it, each with the lines it is about
   */
  public static Dockerfile parse(String name, String text) {
    boolean tooLong = text.length() > LONGEST;
    SourceText source = SourceText.of(name, tooLong ? "" : text);
    FileReader reader = new FileReader(source, tooLong ? "" : text);
    if (tooLong) {
      reader.refuse(
          "the file is longer than four million characters", "check that it is the right file");
    }
    return reader.read();
  }

  /**
   * Reads an instruction that an image left with ONBUILD.
   *
   * @param image the image, for messages
   * @param trigger one entry of its {@code OnBuild}
   * @throws DockerfileException when it is none
   */
  public static Instruction parseTrigger(String image, String trigger) {
    String name = "ONBUILD of " + image;
    return new FileReader(SourceText.of(name, trigger), trigger).readOne();
  }
}
