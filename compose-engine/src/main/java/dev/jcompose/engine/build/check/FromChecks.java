package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.expand.Expanded;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Reference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What FROM asks for. */
final class FromChecks {
  private FromChecks() {}

  static void run(Dockerfile file, CheckRequest request, Findings findings) {
    Lexer lexer = new Lexer(file.directives().escape());
    Map<String, String> defaults = new LinkedHashMap<>(request.platforms());
    Set<String> declared = new LinkedHashSet<>(request.platforms().keySet());
    for (Instruction.Arg argument : file.globalArguments()) {
      for (Instruction.Arg.Declaration declaration : argument.declarations()) {
        declared.add(declaration.name());
        String written = declaration.value();
        if (written != null) {
          try {
            defaults.put(declaration.name(), lexer.expand(written, defaults::get).text());
          } catch (SyntaxException e) {
            // The build tells of it; here it has no value.
            defaults.remove(declaration.name());
          }
        }
      }
    }
    for (Stage stage : file.stages()) {
      platform(stage, findings);
      undeclared(stage, stage.from().base(), lexer, declared, findings);
      undeclared(stage, stage.from().platform(), lexer, declared, findings);
      defaultBase(stage, lexer, defaults, findings);
    }
  }

  private static void undeclared(
      Stage stage, String text, Lexer lexer, Set<String> declared, Findings findings) {
    try {
      Expanded expanded = lexer.expand(text, name -> declared.contains(name) ? "" : null);
      for (String name : expanded.unset()) {
        findings.add(
            Rule.UNDEFINED_ARG_IN_FROM,
            stage.from().origin(),
            name,
            "no ARG before the first FROM declares "
                + name
                + "; "
                + Spelling.didYouMean(name, declared, "write ARG " + name + "=default above"));
      }
    } catch (SyntaxException e) {
      // The build tells of it.
      return;
    }
  }

  private static void defaultBase(
      Stage stage, Lexer lexer, Map<String, String> defaults, Findings findings) {
    String written = stage.from().base();
    if (written.indexOf('$') < 0) {
      return;
    }
    String base;
    try {
      base = lexer.expand(written, defaults::get).text();
      if (!base.isEmpty()) {
        Reference.parse(base);
        return;
      }
    } catch (SyntaxException | BadReferenceException e) {
      base = "";
    }
    findings.add(
        Rule.INVALID_DEFAULT_ARG_IN_FROM,
        stage.from().origin(),
        written,
        "without build arguments " + written + " is no image; give its ARG a default");
  }

  private static void platform(Stage stage, Findings findings) {
    String platform = stage.from().platform();
    if (platform.equals("$TARGETPLATFORM") || platform.equals("${TARGETPLATFORM}")) {
      findings.add(
          Rule.REDUNDANT_TARGET_PLATFORM,
          stage.from().origin(),
          "--platform",
          "--platform=" + platform + " is what FROM does anyway; remove it");
    }
    boolean named =
        List.of(platform.split("/", -1)).stream()
            .anyMatch(part -> !part.isEmpty() && stage.name().contains(part));
    if (!platform.isEmpty() && platform.indexOf('$') < 0 && !named) {
      findings.add(
          Rule.FROM_PLATFORM_FLAG_CONST_DISALLOWED,
          stage.from().origin(),
          "--platform",
          "--platform="
              + platform
              + " builds for one platform only; use $BUILDPLATFORM, or an ARG");
    }
  }
}
