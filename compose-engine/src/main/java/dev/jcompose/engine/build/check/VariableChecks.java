package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.KeyValue;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.dockerfile.Transfer;
import dev.jcompose.engine.build.expand.Expanded;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What depends on the state of a stage: variables, the working directory, the shell. */
final class VariableChecks {
  private final Dockerfile file;
  private final CheckRequest request;
  private final Findings findings;
  private final Lexer lexer;
  private final Map<String, String> globals = new HashMap<>();
  private final Map<String, StageFacts> named = new HashMap<>();

  VariableChecks(Dockerfile file, CheckRequest request, Findings findings) {
    this.file = file;
    this.request = request;
    this.findings = findings;
    this.lexer = new Lexer(file.directives().escape());
  }

  void run() {
    globals.putAll(request.platforms());
    for (Instruction.Arg argument : file.globalArguments()) {
      declare(argument, globals);
    }
    for (Stage stage : file.stages()) {
      StageFacts facts = begin(stage);
      stage.instructions().forEach(instruction -> look(instruction, facts));
      if (!stage.name().isEmpty()) {
        named.put(stage.name(), facts);
      }
    }
  }

  private StageFacts begin(Stage stage) {
    String base = text(stage.from().base(), globals);
    String platform = text(stage.from().platform(), globals);
    StageFacts below = named.get(base.toLowerCase(java.util.Locale.ROOT));
    if (below != null && !request.contexts().contains(base)) {
      return below.copy();
    }
    StageFacts facts = new StageFacts();
    CheckRequest.Base image = base.equals("scratch") ? null : request.bases().find(base, platform);
    facts.isKnown = image != null || base.equals("scratch");
    facts.variables.put("PATH", "");
    if (image != null) {
      facts.variables.putAll(image.environment());
      facts.hasShell = image.hasShell();
      String wanted = platform.isEmpty() ? request.platforms().get("TARGETPLATFORM") : platform;
      if (wanted != null && !wanted.isEmpty() && !matches(image.platform(), wanted)) {
        findings.add(
            Rule.INVALID_BASE_IMAGE_PLATFORM,
            stage.from().origin(),
            stage.from().base(),
            "%s is for %s, but the build wants %s".formatted(base, image.platform(), wanted));
      }
    }
    return facts;
  }

  private static boolean matches(String has, String wanted) {
    return has.equals(wanted) || has.startsWith(wanted + "/") || wanted.startsWith(has + "/");
  }

  private void look(Instruction instruction, StageFacts facts) {
    Origin origin = instruction.origin();
    switch (instruction) {
      case Instruction.Env env -> {
        Map<String, String> set = new HashMap<>();
        for (KeyValue pair : env.variables()) {
          use(pair.key(), origin, facts);
          use(pair.value(), origin, facts);
          set.put(text(pair.key(), facts.variables), text(pair.value(), facts.variables));
        }
        facts.variables.putAll(set);
      }
      case Instruction.Label label ->
          label
              .labels()
              .forEach(
                  pair -> {
                    use(pair.key(), origin, facts);
                    use(pair.value(), origin, facts);
                  });
      case Instruction.Arg argument -> {
        for (Instruction.Arg.Declaration declaration : argument.declarations()) {
          String written = declaration.value();
          if (written != null) {
            use(written, origin, facts);
          }
        }
        declare(argument, facts.variables);
      }
      case Instruction.Copy copy -> transfer(copy.transfer(), origin, facts);
      case Instruction.Add add -> {
        transfer(add.transfer(), origin, facts);
        use(add.checksum(), origin, facts);
      }
      case Instruction.Expose expose -> expose.ports().forEach(port -> use(port, origin, facts));
      case Instruction.Volume volume -> volume.paths().forEach(path -> use(path, origin, facts));
      case Instruction.User user -> use(user.user(), origin, facts);
      case Instruction.StopSignal signal -> use(signal.signal(), origin, facts);
      case Instruction.Workdir workdir -> workdir(workdir, facts);
      case Instruction.Shell _ -> facts.hasShell = true;
      case Instruction.Cmd cmd -> form(StageChecks.isShellForm(cmd.command()), origin, facts);
      case Instruction.Entrypoint entrypoint ->
          form(StageChecks.isShellForm(entrypoint.command()), origin, facts);
      case Instruction.From _,
          Instruction.Run _,
          Instruction.Healthcheck _,
          Instruction.OnBuild _,
          Instruction.Maintainer _ -> {}
    }
  }

  private void workdir(Instruction.Workdir workdir, StageFacts facts) {
    use(workdir.path(), workdir.origin(), facts);
    String path = text(workdir.path(), facts.variables);
    if (!path.startsWith("/") && !facts.hasWorkdir) {
      findings.add(
          Rule.WORKDIR_RELATIVE_PATH,
          workdir.origin(),
          workdir.path(),
          "\"" + path + "\" depends on the base image; begin it with a slash");
    }
    facts.hasWorkdir = true;
  }

  private void form(boolean shellForm, Origin origin, StageFacts facts) {
    if (shellForm && !facts.hasShell) {
      String keyword = origin.keyword().toUpperCase(java.util.Locale.ROOT);
      findings.add(
          Rule.JSON_ARGS_RECOMMENDED,
          origin,
          "",
          "%s runs a shell, which does not pass signals on; write %s [\"program\", \"argument\"]"
              .formatted(keyword, keyword));
    }
  }

  private void transfer(Transfer transfer, Origin origin, StageFacts facts) {
    List<String> words = new ArrayList<>(transfer.sources());
    words.addAll(List.of(transfer.destination(), transfer.chown(), transfer.chmod()));
    words.forEach(word -> use(word, origin, facts));
  }

  private void declare(Instruction.Arg argument, Map<String, String> variables) {
    for (Instruction.Arg.Declaration declaration : argument.declarations()) {
      String given = request.arguments().get(declaration.name());
      String written = declaration.value();
      String value =
          given != null
              ? given
              : written != null ? text(written, variables) : globals.get(declaration.name());
      // Declared without a value it still counts as declared.
      variables.put(declaration.name(), value == null ? "" : value);
    }
  }

  /** Tells of variables of a word that nothing sets. */
  private void use(String word, Origin origin, StageFacts facts) {
    Expanded expanded = expand(word, facts.variables);
    if (expanded == null || !facts.isKnown) {
      return;
    }
    for (String name : expanded.unset()) {
      findings.add(
          Rule.UNDEFINED_VAR,
          origin,
          name,
          "nothing sets $"
              + name
              + "; "
              + Spelling.didYouMean(
                  name, facts.variables.keySet(), "declare it with ARG or ENV above"));
    }
  }

  private String text(String word, Map<String, String> variables) {
    Expanded expanded = expand(word, variables);
    return expanded == null ? word : expanded.text();
  }

  /** Null when the word breaks the grammar, which the build tells of. */
  private @Nullable Expanded expand(String word, Map<String, String> variables) {
    try {
      return lexer.expand(word, variables::get);
    } catch (SyntaxException e) {
      return null;
    }
  }
}
