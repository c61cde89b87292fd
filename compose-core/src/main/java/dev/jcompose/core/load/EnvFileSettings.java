package dev.jcompose.core.load;

import dev.jcompose.core.problem.ComposeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables starting with {@code COMPOSE_} that env files give: settings of the command line
 * may stand there, too.
 */
public final class EnvFileSettings {
  private EnvFileSettings() {}

  /**
   * The environment of a request, with those settings from the env files it names, or else from
   * {@code .env} in its directory; what is in the environment already wins. Files that cannot be
   * read give nothing here: loading the project tells of them.
   */
  public static Map<String, String> of(LoadRequest request) {
    Session session = new Session(request);
    Variables variables = Variables.of(request.environment());
    List<Path> files = Discovery.namedEnvFiles(session, variables);
    try {
      if (files.isEmpty() && !variables.isTrue("COMPOSE_DISABLE_ENV_FILE")) {
        Path usual = Discovery.start(session).resolve(".env");
        files = Files.isRegularFile(usual) ? List.of(usual) : List.of();
      }
      variables.read(session, NamedFile.outside(files));
    } catch (ComposeException _) {
      return request.environment();
    }
    Map<String, String> environment = new HashMap<>(request.environment());
    for (Map.Entry<String, String> variable : variables.values().entrySet()) {
      if (variable.getKey().startsWith("COMPOSE_")) {
        environment.putIfAbsent(variable.getKey(), variable.getValue());
      }
    }
    return environment;
  }
}
