package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.expand.Variables;
import dev.jcompose.engine.build.source.BuildProblem;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.SourceText;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.List;

/** Expands the words of one Dockerfile and tells where a word is wrong. */
final class Scope {
  private final SourceText source;
  private final Lexer words;
  private final Lexer bodies;

  Scope(SourceText source, char escape) {
    this.source = source;
    this.words = new Lexer(escape);
    // In a body the escape is a backslash, whatever the directive says.
    this.bodies = new Lexer('\\', Lexer.Keep.QUOTES_AS_TEXT);
  }

  /** A word without variables and quotes. */
  String word(String text, Variables variables, SourceRange range) {
    try {
      return words.expand(text, variables).text();
    } catch (SyntaxException e) {
      throw problem(range, e);
    }
  }

  /** The words that a text becomes. */
  List<String> split(String text, Variables variables, SourceRange range) {
    try {
      return words.expand(text, variables).words();
    } catch (SyntaxException e) {
      throw problem(range, e);
    }
  }

  /** The body of a heredoc, whose quotes are text. */
  String body(String text, Variables variables, SourceRange range) {
    try {
      return bodies.expand(text, variables).text();
    } catch (SyntaxException e) {
      throw problem(range, e);
    }
  }

  DockerfileException problem(SourceRange range, SyntaxException e) {
    return new DockerfileException(
        source, new BuildProblem(source.locate(range, e.word()), e.text(), e.nextMove()));
  }

  DockerfileException problem(SourceRange range, String text, String nextMove) {
    return new DockerfileException(source, new BuildProblem(range, text, nextMove));
  }

  SourceText source() {
    return source;
  }
}
