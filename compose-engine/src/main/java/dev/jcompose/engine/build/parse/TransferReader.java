package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Heredoc;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Transfer;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads COPY and ADD. */
final class TransferReader {
  private static final Map<String, Flags.Kind> COPY = new LinkedHashMap<>();
  private static final Map<String, Flags.Kind> ADD = new LinkedHashMap<>();

  static {
    for (Map<String, Flags.Kind> both : List.of(COPY, ADD)) {
      both.put("chown", Flags.Kind.TEXT);
      both.put("chmod", Flags.Kind.TEXT);
      both.put("link", Flags.Kind.SWITCH);
      both.put("exclude", Flags.Kind.TEXTS);
    }
    COPY.put("from", Flags.Kind.TEXT);
    COPY.put("parents", Flags.Kind.SWITCH);
    ADD.put("keep-git-dir", Flags.Kind.SWITCH);
    ADD.put("checksum", Flags.Kind.TEXT);
    ADD.put("unpack", Flags.Kind.SWITCH);
  }

  private TransferReader() {}

  static Instruction copy(Statement statement) throws SyntaxException {
    Flags flags = new Flags(statement, COPY);
    String from = flags.text("from");
    if (from.indexOf('$') >= 0) {
      throw new SyntaxException(
          from,
          "--from=" + from + " has a variable, which COPY does not expand there",
          "write FROM " + from + " AS name above, and COPY --from=name");
    }
    Transfer transfer = transfer(statement, flags, Keyword.COPY);
    for (String source : transfer.sources()) {
      if (isRemote(source)) {
        throw new SyntaxException(
            source,
            "COPY takes nothing from the network",
            "write ADD instead, or COPY --from an image");
      }
    }
    return new Instruction.Copy(statement.origin(), transfer, from, flags.isOn("parents"));
  }

  static Instruction add(Statement statement) throws SyntaxException {
    Flags flags = new Flags(statement, ADD);
    Transfer transfer = transfer(statement, flags, Keyword.ADD);
    if (!flags.text("checksum").isEmpty()) {
      checkChecksum(transfer);
    }
    return new Instruction.Add(
        statement.origin(),
        transfer,
        flags.isOn("keep-git-dir"),
        flags.text("checksum"),
        flags.position("unpack"));
  }

  private static void checkChecksum(Transfer transfer) throws SyntaxException {
    if (transfer.sources().size() + transfer.heredocs().size() != 1) {
      throw new SyntaxException(
          "--checksum",
          "--checksum is of one source, and there are several",
          "write an ADD for each");
    }
    for (String source : transfer.sources()) {
      if (isRemote(source) || source.indexOf('$') >= 0) {
        return;
      }
    }
    throw new SyntaxException(
        "--checksum",
        "--checksum is for what comes from the network, and this does not",
        "remove it");
  }

  /**
   * Whether a source is an address or a repository, as far as can be seen without its variables.
   */
  private static boolean isRemote(String source) {
    return source.matches("(?i)(https?|git|ssh)://.*|git@[^:/]+:.*");
  }

  private static Transfer transfer(Statement statement, Flags flags, Keyword keyword)
      throws SyntaxException {
    List<String> words = Words.json(statement.rest());
    boolean plain = words == null;
    if (words == null) {
      words = Words.plain(statement.rest());
    }
    if (words.size() < 2) {
      throw new SyntaxException(
          "",
          keyword + " needs a source and a destination",
          "write " + keyword + " SOURCE... DESTINATION");
    }
    List<String> sources = new ArrayList<>();
    List<Heredoc> heredocs = new ArrayList<>();
    for (String word : words.subList(0, words.size() - 1)) {
      Heredoc heredoc = plain ? heredoc(statement, word) : null;
      if (heredoc == null) {
        sources.add(word);
      } else {
        heredocs.add(heredoc);
      }
    }
    String destination = words.getLast();
    if (plain && heredoc(statement, destination) != null) {
      throw new SyntaxException(
          destination,
          keyword + " cannot write to a heredoc",
          "write the path of a file or folder after it");
    }
    for (Heredoc heredoc : statement.heredocs()) {
      if (!heredocs.contains(heredoc) && heredocs.stream().noneMatch(heredoc::isNamedLike)) {
        throw new SyntaxException(
            "<<",
            "the heredoc \"" + heredoc.name() + "\" is no source of " + keyword,
            "give it a name without blanks, apart from other words");
      }
    }
    return new Transfer(
        sources,
        heredocs,
        destination,
        flags.text("chown"),
        flags.text("chmod"),
        flags.isOn("link"),
        flags.texts("exclude"));
  }

  private static @Nullable Heredoc heredoc(Statement statement, String word) {
    HeredocWord wanted = HeredocWord.of(word);
    if (wanted == null) {
      return null;
    }
    // The last one of a name counts, as the later file would replace the earlier.
    return statement.heredocs().reversed().stream()
        .filter(heredoc -> heredoc.name().equals(wanted.name()))
        .findFirst()
        .orElse(null);
  }
}
