package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.source.BuildProblem;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at a Dockerfile with all rules. */
public final class Checks {
  private static final String SYNTAX = "BUILDKIT_SYNTAX";
  private static final String OVERRIDE = "BUILDKIT_DOCKERFILE_CHECK";

  private Checks() {}

  /**
   * Runs the checks on every stage, whether it would be built or not.
   *
   * @throws DockerfileException when the check directive, or the build argument {@code
   *     BUILDKIT_DOCKERFILE_CHECK} that overrides it, means nothing
   */
  public static CheckReport run(Dockerfile file, CheckRequest request) {
    CheckOptions options = options(file, request);
    Findings findings = new Findings(file.source(), options);
    CasingChecks.run(file, findings);
    StageChecks.run(file, findings);
    FromChecks.run(file, request, findings);
    InstructionChecks.run(file, request, findings);
    new VariableChecks(file, request, findings).run();
    return new CheckReport(file.source(), findings.sorted(), options.error());
  }

  /**
   * What there is to say of the frontend a build asks for.
   *
   * @param arguments build arguments
   * @return null when it is the one that reads the file
   */
  public static @Nullable String otherFrontend(Dockerfile file, Map<String, String> arguments) {
    return file.directives().wantsOtherFrontend() || arguments.containsKey(SYNTAX)
        ? file.source().name()
            + ": another frontend is asked for, which is not loaded; the one built in reads the"
            + " file"
        : null;
  }

  private static CheckOptions options(Dockerfile file, CheckRequest request) {
    String override = request.arguments().get(OVERRIDE);
    try {
      return CheckOptions.parse(override == null ? file.directives().check() : override);
    } catch (SyntaxException e) {
      var range = file.source().locate(file.directives().checkRange(), e.word());
      throw new DockerfileException(file.source(), new BuildProblem(range, e.text(), e.nextMove()));
    }
  }
}
