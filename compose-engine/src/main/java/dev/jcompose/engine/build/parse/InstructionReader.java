package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Command;
import dev.jcompose.engine.build.dockerfile.Heredoc;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.mount.MountParser;
import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.build.source.Whitespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes an instruction of a statement: the arguments each keyword takes, and its flags. */
final class InstructionReader {
  private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9._-]*+");
  private static final Map<String, Flags.Kind> NO_FLAGS = Map.of();
  private static final Map<String, Flags.Kind> RUN_FLAGS = new LinkedHashMap<>();

  static {
    RUN_FLAGS.put("mount", Flags.Kind.TEXTS);
    RUN_FLAGS.put("network", Flags.Kind.TEXT);
    RUN_FLAGS.put("security", Flags.Kind.TEXT);
    RUN_FLAGS.put("device", Flags.Kind.TEXTS);
  }

  private InstructionReader() {}

  static Instruction read(Statement statement) throws SyntaxException {
    String word = statement.origin().keyword();
    Keyword keyword = Keyword.of(word);
    if (keyword == null) {
      throw new SyntaxException(
          word,
          "\"" + word + "\" is no instruction",
          Spelling.didYouMean(
              word,
              Keyword.NAMES,
              "it may belong to the line above, which then ends with " + statement.escape()));
    }
    return switch (keyword) {
      case ADD -> TransferReader.add(statement);
      case COPY -> TransferReader.copy(statement);
      case HEALTHCHECK -> HealthcheckReader.read(statement);
      case FROM -> from(statement);
      case RUN -> run(statement);
      case ONBUILD -> onBuild(statement);
      case ARG,
          CMD,
          ENTRYPOINT,
          ENV,
          EXPOSE,
          LABEL,
          MAINTAINER,
          SHELL,
          STOPSIGNAL,
          USER,
          VOLUME,
          WORKDIR ->
          settings(statement, keyword);
    };
  }

  /** The instructions without flags of their own. */
  private static Instruction settings(Statement statement, Keyword keyword) throws SyntaxException {
    new Flags(statement, NO_FLAGS);
    String rest = statement.rest();
    if (rest.isEmpty() && keyword != Keyword.CMD && keyword != Keyword.ENTRYPOINT) {
      throw new SyntaxException("", keyword + " needs an argument", usage(keyword));
    }
    var origin = statement.origin();
    char escape = statement.escape();
    return switch (keyword) {
      case ARG -> new Instruction.Arg(origin, declarations(rest, escape));
      case CMD -> new Instruction.Cmd(origin, command(rest));
      case ENTRYPOINT -> new Instruction.Entrypoint(origin, command(rest));
      case ENV ->
          new Instruction.Env(
              origin, Words.pairs(rest, escape, keyword), Words.isLegacy(rest, escape));
      case LABEL ->
          new Instruction.Label(
              origin, Words.pairs(rest, escape, keyword), Words.isLegacy(rest, escape));
      case EXPOSE -> new Instruction.Expose(origin, Words.plain(rest));
      case MAINTAINER -> new Instruction.Maintainer(origin, rest);
      case SHELL -> new Instruction.Shell(origin, shell(rest));
      case STOPSIGNAL -> new Instruction.StopSignal(origin, rest);
      case USER -> new Instruction.User(origin, rest);
      case VOLUME -> new Instruction.Volume(origin, volumes(rest));
      case WORKDIR -> new Instruction.Workdir(origin, rest);
      case ADD, COPY, FROM, HEALTHCHECK, ONBUILD, RUN ->
          throw new IllegalArgumentException(keyword.name());
    };
  }

  private static String usage(Keyword keyword) {
    return switch (keyword) {
      case ARG -> "write ARG NAME or ARG NAME=default";
      case ENV, LABEL -> "write " + keyword + " name=value";
      case EXPOSE -> "write EXPOSE 8080";
      case MAINTAINER -> "write LABEL org.opencontainers.image.authors=\"name\"";
      case SHELL -> "write SHELL [\"/bin/bash\", \"-c\"]";
      case STOPSIGNAL -> "write STOPSIGNAL SIGTERM";
      case USER -> "write USER name";
      case VOLUME, WORKDIR -> "write " + keyword + " /path";
      case ADD, CMD, COPY, ENTRYPOINT, FROM, HEALTHCHECK, ONBUILD, RUN ->
          "write " + keyword + " and what it is about";
    };
  }

  private static Command command(String rest) throws SyntaxException {
    List<String> arguments = Words.json(rest);
    if (arguments != null) {
      return new Command.Exec(arguments);
    }
    return rest.isEmpty() ? new Command.Exec(List.of()) : new Command.Shell(rest);
  }

  private static Instruction from(Statement statement) throws SyntaxException {
    Flags flags = new Flags(statement, Map.of("platform", Flags.Kind.TEXT));
    List<String> words = Words.plain(statement.rest());
    if (words.size() == 1) {
      return new Instruction.From(statement.origin(), words.getFirst(), flags.text("platform"), "");
    }
    if (words.size() != 3 || !words.get(1).equalsIgnoreCase("as")) {
      boolean comment = words.stream().anyMatch(word -> word.startsWith("#"));
      throw new SyntaxException(
          comment ? "#" : "",
          "FROM takes an image, and a name after AS",
          comment
              ? "put the comment on a line of its own"
              : "write FROM image or FROM image AS name");
    }
    String name = words.get(2).toLowerCase(Locale.ROOT);
    if (!STAGE_NAME.matcher(name).matches()) {
      throw new SyntaxException(
          words.get(2),
          "\"" + words.get(2) + "\" cannot be the name of a stage",
          "begin it with a letter and go on with letters, digits, dots, dashes and underscores");
    }
    return new Instruction.From(statement.origin(), words.getFirst(), flags.text("platform"), name);
  }

  private static Instruction run(Statement statement) throws SyntaxException {
    Flags flags = new Flags(statement, RUN_FLAGS);
    for (String mount : flags.texts("mount")) {
      MountParser.check(mount);
    }
    if (statement.rest().isEmpty()) {
      throw new SyntaxException("", "RUN has no command", "write RUN command");
    }
    Command command = command(statement.rest());
    if (command instanceof Command.Exec exec && exec.arguments().isEmpty()) {
      throw new SyntaxException("[", "RUN has no command", "write RUN [\"program\", \"argument\"]");
    }
    return new Instruction.Run(
        statement.origin(),
        command,
        command instanceof Command.Exec ? List.of() : statement.heredocs(),
        flags.texts("mount"),
        choice(flags, "network", List.of("default", "none", "host")),
        choice(flags, "security", List.of("sandbox", "insecure")),
        flags.texts("device"));
  }

  private static String choice(Flags flags, String name, List<String> allowed)
      throws SyntaxException {
    String value = flags.text(name);
    if (value.isEmpty()) {
      return allowed.getFirst();
    }
    if (!allowed.contains(value)) {
      throw new SyntaxException(
          value,
          "--" + name + "=" + value + " is not known",
          Spelling.didYouMean(value, allowed, "use one of " + String.join(", ", allowed)));
    }
    return value;
  }

  private static Instruction onBuild(Statement statement) throws SyntaxException {
    new Flags(statement, NO_FLAGS);
    if (statement.rest().isEmpty()) {
      throw new SyntaxException(
          "", "ONBUILD needs an instruction", "write ONBUILD RUN command, for instance");
    }
    String trigger = statement.rest();
    Statement inner =
        Statement.of(
            Triggers.origin(statement.origin(), trigger), statement.heredocs(), statement.escape());
    switch (Keyword.of(inner.origin().keyword())) {
      case ONBUILD ->
          throw new SyntaxException(
              "", "ONBUILD cannot leave another ONBUILD", "remove one of the two");
      case FROM, MAINTAINER ->
          throw new SyntaxException(
              inner.origin().keyword(),
              inner.origin().keyword().toUpperCase(Locale.ROOT) + " cannot be left with ONBUILD",
              "write it in the Dockerfile that is built on this image");
      case null, default -> read(inner);
    }
    StringBuilder text = new StringBuilder(trigger);
    for (Heredoc heredoc : statement.heredocs()) {
      text.append('\n').append(heredoc.body()).append(heredoc.name());
    }
    return new Instruction.OnBuild(statement.origin(), text.toString());
  }

  private static List<String> shell(String rest) throws SyntaxException {
    List<String> words = Words.json(rest);
    if (words == null || words.isEmpty()) {
      throw new SyntaxException(
          rest, "SHELL takes a JSON array", "write SHELL [\"/bin/bash\", \"-c\"], for instance");
    }
    return words;
  }

  private static List<String> volumes(String rest) throws SyntaxException {
    List<String> paths = Words.jsonOrPlain(rest).stream().map(Whitespace::strip).toList();
    if (paths.isEmpty() || paths.contains("")) {
      throw new SyntaxException("", "VOLUME has an empty path", "write VOLUME /path");
    }
    return paths;
  }

  private static List<Instruction.Arg.Declaration> declarations(String rest, char escape)
      throws SyntaxException {
    List<Instruction.Arg.Declaration> declarations = new ArrayList<>();
    for (String word : Words.quoted(rest, escape)) {
      int equals = word.indexOf('=');
      if (equals == 0) {
        throw new SyntaxException(
            word, "\"" + word + "\" has no name before the equals sign", "write ARG NAME=default");
      }
      declarations.add(
          equals < 0
              ? new Instruction.Arg.Declaration(word, null)
              : new Instruction.Arg.Declaration(
                  word.substring(0, equals), word.substring(equals + 1)));
    }
    return declarations;
  }
}
