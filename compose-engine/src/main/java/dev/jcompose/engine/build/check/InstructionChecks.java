package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.KeyValue;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.dockerfile.Transfer;
import dev.jcompose.engine.build.source.SlashPath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What single instructions say. */
final class InstructionChecks {
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "apikey",
          "auth",
          "credential",
          "credentials",
          "key",
          "password",
          "pword",
          "passwd",
          "secret",
          "token");

  private static final Set<String> HARMLESS_WORDS = Set.of("public", "file", "version");

  private InstructionChecks() {}

  static void run(Dockerfile file, CheckRequest request, Findings findings) {
    file.globalArguments().forEach(argument -> secretArguments(argument, findings));
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        switch (instruction) {
          case Instruction.Maintainer maintainer ->
              findings.add(
                  Rule.MAINTAINER_DEPRECATED,
                  maintainer.origin(),
                  "",
                  "MAINTAINER is out of use; write LABEL org.opencontainers.image.authors");
          case Instruction.Env env -> {
            legacy(env.legacy(), env.origin(), "ENV", findings);
            env.variables().stream()
                .map(KeyValue::key)
                .forEach(name -> secret(name, env.origin(), findings));
          }
          case Instruction.Label label -> legacy(label.legacy(), label.origin(), "LABEL", findings);
          case Instruction.Arg argument -> secretArguments(argument, findings);
          case Instruction.Expose expose ->
              expose.ports().forEach(port -> port(port, expose.origin(), findings));
          case Instruction.Copy copy -> {
            if (copy.from().isEmpty()) {
              ignored(copy.transfer(), copy.origin(), request, findings);
            }
          }
          case Instruction.Add add -> ignored(add.transfer(), add.origin(), request, findings);
          case Instruction.From _,
              Instruction.Run _,
              Instruction.Volume _,
              Instruction.User _,
              Instruction.Workdir _,
              Instruction.Cmd _,
              Instruction.Entrypoint _,
              Instruction.Healthcheck _,
              Instruction.Shell _,
              Instruction.StopSignal _,
              Instruction.OnBuild _ -> {}
        }
      }
    }
  }

  private static void secretArguments(Instruction.Arg argument, Findings findings) {
    argument
        .declarations()
        .forEach(declaration -> secret(declaration.name(), argument.origin(), findings));
  }

  private static void secret(String name, Origin origin, Findings findings) {
    List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split("_", -1));
    boolean secret =
        SECRET_WORDS.contains(words.getFirst()) || SECRET_WORDS.contains(words.getLast());
    if (secret && words.stream().noneMatch(HARMLESS_WORDS::contains)) {
      findings.add(
          Rule.SECRETS_USED_IN_ARG_OR_ENV,
          origin,
          name,
          "%s \"%s\" seems to be a secret, and would stay in the image; use RUN --mount=type=secret"
              .formatted(origin.keyword().toUpperCase(Locale.ROOT), name));
    }
  }

  private static void legacy(boolean legacy, Origin origin, String keyword, Findings findings) {
    if (legacy) {
      findings.add(
          Rule.LEGACY_KEY_VALUE_FORMAT,
          origin,
          "",
          keyword + " name value is the old way; write " + keyword + " name=value");
    }
  }

  private static void port(String port, Origin origin, Findings findings) {
    int slash = port.indexOf('/');
    String protocol = slash < 0 ? "" : port.substring(slash + 1);
    if (!protocol.equals(protocol.toLowerCase(Locale.ROOT)) && protocol.indexOf('$') < 0) {
      findings.add(
          Rule.EXPOSE_PROTO_CASING,
          origin,
          port,
          "the protocol of " + port + " should be in lower case");
    }
    String numbers = slash < 0 ? port : port.substring(0, slash);
    if (numbers.indexOf(':') >= 0 && numbers.indexOf('$') < 0) {
      findings.add(
          Rule.EXPOSE_INVALID_FORMAT,
          origin,
          port,
          port + " names an address or a port of the host, which EXPOSE does not set");
    }
  }

  private static void ignored(
      Transfer transfer, Origin origin, CheckRequest request, Findings findings) {
    // With exceptions a folder that is left out may still give files.
    if (request.ignored().hasExceptions()) {
      return;
    }
    for (String source : transfer.sources()) {
      String path = SlashPath.clean("/" + source).substring(1);
      if (source.indexOf('$') < 0 && !source.contains("://") && request.ignored().excludes(path)) {
        findings.add(
            Rule.COPY_IGNORED_FILE,
            origin,
            source,
            "\"" + source + "\" is left out by the ignore file, so it cannot be copied");
      }
    }
  }
}
