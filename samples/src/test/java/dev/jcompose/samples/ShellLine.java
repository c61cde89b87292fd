package dev.jcompose.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the words that a line of shell gives to one program: in pipes and lists, in command
 * substitutions, and in quoted lines that another program is told to run. Variables stay as they
 * are written.
 */
final class ShellLine {
  private static final Pattern DESCRIPTOR = Pattern.compile("\\d+");

  private final String text;
  private final String program;
  private final List<List<String>> found = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> command = new ArrayList<>();
  private boolean inWord;
  private boolean quoted;
  private boolean redirected;
  private int at;

  private ShellLine(String text, String program) {
    this.text = text;
    this.program = program;
  }

  /** What follows the program's name, once for each time it is run. */
  static List<List<String>> argumentsOf(String program, String line) {
    ShellLine shell = new ShellLine(line, program);
    shell.read();
    return List.copyOf(shell.found);
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> append(until('\''));
        case '"' -> doubleQuoted();
        case '\\' -> append(at < text.length() ? text.substring(at, ++at) : "");
        case '$' -> dollar();
        case ' ', '\t' -> endWord();
        case ';', '|', '&', '(', ')', '\n' -> endCommand();
        case '<', '>' -> redirect();
        default -> append(String.valueOf(c));
      }
    }
    endCommand();
  }

  private void append(String more) {
    word.append(more);
    inWord = true;
  }

  private String until(char end) {
    int stop = text.indexOf(end, at);
    String inside = text.substring(at, stop < 0 ? text.length() : stop);
    at = Math.min(text.length(), at + inside.length() + 1);
    quoted = true;
    return inside;
  }

  private void doubleQuoted() {
    inWord = true;
    quoted = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '"' -> {
          return;
        }
        case '\\' -> append(at < text.length() ? text.substring(at, ++at) : "");
        case '$' -> dollar();
        default -> append(String.valueOf(c));
      }
    }
  }

  private void dollar() {
    append("$");
    if (at < text.length() && text.charAt(at) == '(') {
      int start = ++at;
      for (int open = 1; at < text.length() && open > 0; at++) {
        open += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
      }
      found.addAll(argumentsOf(program, text.substring(start, at - 1)));
    }
  }

  private void redirect() {
    if (!quoted && DESCRIPTOR.matcher(word).matches()) {
      word.setLength(0);
      inWord = false;
    }
    endWord();
    while (at < text.length() && "<>&".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    redirected = true;
  }

  private void endWord() {
    if (inWord && !redirected) {
      command.add(word.toString());
    }
    if (inWord) {
      if (quoted && word.indexOf(program + " ") >= 0) {
        found.addAll(argumentsOf(program, word.toString()));
      }
      redirected = false;
    }
    word.setLength(0);
    inWord = false;
    quoted = false;
  }

  private void endCommand() {
    endWord();
    redirected = false;
    int name = command.indexOf(program);
    if (name >= 0) {
      found.add(List.copyOf(command.subList(name + 1, command.size())));
    }
    command = new ArrayList<>();
  }
}
