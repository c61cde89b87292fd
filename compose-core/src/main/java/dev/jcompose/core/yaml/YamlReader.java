package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML text. It works on the parser's events, not on its nodes: one pass, no recursion that a
 * file controls.
 */
public final class YamlReader {
  /** Characters in one file. The largest Compose files seen have some hundred thousand. */
  private static final int MOST_CHARACTERS = 8_000_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(MOST_CHARACTERS).build();

  private YamlReader() {}

  /**
   * Reads every document of a text.
   *
   * @param file the file's name in messages
   * @param text the text
   * @param problems takes warnings
   * @throws ComposeException when the text is no YAML, or is beyond the bounds set against hostile
   *     files
   */
  public static List<YamlDocument> read(String file, String text, Problems problems)
      throws ComposeException {
    if (text.length() > MOST_CHARACTERS) {
      throw new ComposeException(
          new Problem(
              new Location(file, 0, 0),
              "",
              "the file has more than " + MOST_CHARACTERS / 1_000_000 + " million characters",
              "split it with include"));
    }
    try {
      return documents(file, text, problems);
    } catch (MarkedYamlEngineException e) {
      throw new ComposeException(YamlMistake.explain(e, file));
    } catch (ReaderException e) {
      throw new ComposeException(
          new Problem(
              at(file, text, e.getPosition()),
              "",
              "this is not YAML: the character U+" + hex(e.getCodePoint()) + " is not allowed",
              "remove it"));
    } catch (YamlEngineException | IndexOutOfBoundsException e) {
      // The parser has run off its own rails; say what is known rather than show a trace.
      throw new ComposeException(
          new Problem(
              new Location(file, 0, 0), "", "this is not YAML: " + e.getMessage(), "correct it"));
    }
  }

  private static List<YamlDocument> documents(String file, String text, Problems problems)
      throws ComposeException {
    List<YamlDocument> documents = new ArrayList<>();
    ParserImpl parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
    Budget budget = new Budget(file);
    TreeBuilder builder = new TreeBuilder(file, budget, problems);
    while (parser.hasNext()) {
      Event event = parser.next();
      if (event.getEventId() == Event.ID.DocumentEnd) {
        documents.add(builder.finish());
        builder = new TreeBuilder(file, budget, problems);
      } else {
        builder.accept(event);
      }
    }
    return documents;
  }

  private static Location at(String file, String text, int position) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < position && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Location(file, line, column);
  }

  private static String hex(int codePoint) {
    String digits = Integer.toHexString(codePoint).toUpperCase(java.util.Locale.ROOT);
    return digits.length() >= 4 ? digits : "0".repeat(4 - digits.length()) + digits;
  }
}
