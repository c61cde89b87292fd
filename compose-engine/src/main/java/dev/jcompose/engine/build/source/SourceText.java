package dev.jcompose.engine.build.source;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one Dockerfile, by lines.
 *
 * @param name the file as the user would name it
 * @param lines without their ends; a byte order mark is gone
 */
public record SourceText(String name, List<String> lines) {
  /** How many lines of its surroundings a frame shows. */
  private static final int AROUND = 2;

  /** A frame of more lines than this says no more. */
  private static final int MOST = 12;

  public SourceText {
    lines = List.copyOf(lines);
  }

  /** Takes a text apart; lines end with a line feed, or carriage return and line feed. */
  public static SourceText of(String name, String text) {
    List<String> lines = new ArrayList<>();
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int stop = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
      lines.add(text.substring(start, stop));
      start = end + 1;
    }
    return new SourceText(name, lines);
  }

  /**
   * Where a word stands within some lines: the same lines with the column of its first occurrence,
   * from the line on where it is. The whole range when it is not found, as when it was made up of
   * two lines.
   */
  public SourceRange locate(SourceRange range, String word) {
    for (int line = Math.max(1, range.first());
        !word.isEmpty() && line <= Math.min(range.last(), lines.size());
        line++) {
      int at = lines.get(line - 1).indexOf(word);
      if (at >= 0) {
        return new SourceRange(line, range.last(), at + 1);
      }
    }
    return range;
  }

  /**
   * The lines with their numbers and some around them, the ones meant marked {@code >>>}; empty for
   * no place. Several lines, each with a line feed.
   */
  public String frame(SourceRange range) {
    if (range.first() < 1 || range.first() > lines.size()) {
      return "";
    }
    String rule = "-".repeat(20) + "\n";
    StringBuilder text = new StringBuilder(rule);
    int last = Math.min(range.last(), range.first() + MOST);
    for (int line = Math.max(1, range.first() - AROUND);
        line <= Math.min(lines.size(), last + AROUND);
        line++) {
      boolean meant = line >= range.first() && line <= last;
      String number = "%4d | %s %s".formatted(line, meant ? ">>>" : "   ", shown(line));
      text.append(number.stripTrailing()).append('\n');
      if (line == range.first() && range.column() > 0) {
        text.append("     |     ").append(" ".repeat(range.column() - 1)).append("^\n");
      }
    }
    return text.append(rule).toString();
  }

  /** A message behind its place, {@code Dockerfile:12: …}, with the lines it is about below it. */
  public String quote(SourceRange range, String message) {
    return name + ":" + range + ": " + message + "\n" + frame(range).stripTrailing();
  }

  private String shown(int line) {
    String text = lines.get(line - 1);
    String cut = text.length() > 200 ? text.substring(0, 200) + "..." : text;
    StringBuilder visible = new StringBuilder(cut.length());
    for (int i = 0; i < cut.length(); i++) {
      // A tab would move the mark, and control characters would act on the terminal.
      visible.append(Character.isISOControl(cut.charAt(i)) ? ' ' : cut.charAt(i));
    }
    return visible.toString();
  }
}
