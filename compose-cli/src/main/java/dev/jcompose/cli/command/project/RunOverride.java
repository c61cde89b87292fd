package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.dotenv.DotEnv;
import dev.jcompose.core.dotenv.DotEnvException;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.engine.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The options of {@code run} as one more Compose document: so they are checked, merged and
 * explained like everything else a service says.
 */
final class RunOverride {
  private final Arguments arguments;
  private final Session session;

  RunOverride(Arguments arguments, Session session) {
    this.arguments = arguments;
    this.session = session;
  }

  /** The document, JSON being YAML too. */
  String yaml(String service, List<String> command, boolean tty, boolean stdin) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("tty", tty);
    attributes.put("stdin_open", stdin);
    if (!command.isEmpty() || arguments.has("--entrypoint")) {
      attributes.put("command", command);
    }
    String entrypoint = arguments.text("--entrypoint");
    if (entrypoint != null) {
      attributes.put("entrypoint", entrypoint);
    }
    List<String> environment = new ArrayList<>(fromFiles(arguments.list("--env-from-file")));
    environment.addAll(arguments.list("--env"));
    attributes.put("environment", environment);
    attributes.put("labels", labels());
    attributes.put("volumes", arguments.list("--volume").stream().map(this::absolute).toList());
    putUnlessNull(attributes, "user", arguments.text("--user"));
    putUnlessNull(attributes, "working_dir", arguments.text("--workdir"));
    String whole = Json.print(Map.of("services", Map.of(service, attributes)));
    // Nothing on a command line is interpolated a second time: the shell has done that.
    String escaped = whole.replace("$", "$$");
    return arguments.flag("--service-ports")
        ? escaped
        : escaped.substring(0, escaped.length() - "}}}".length())
            + ", \"ports\": !override "
            + Json.print(arguments.list("--publish"))
            + "}}}";
  }

  private static void putUnlessNull(
      Map<String, Object> attributes, String key, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      attributes.put(key, value);
    }
  }

  private List<String> labels() {
    List<String> labels = arguments.list("--label");
    for (String label : labels) {
      if (label.indexOf('=') <= 0) {
        throw UserError.usage("--label \"" + label + "\" is not a label; write KEY=VALUE");
      }
    }
    return labels;
  }

  // Where the user stands is what they mean, not where the Compose file is.
  private String absolute(String volume) {
    String source = new StringTokenizer(volume, ":").nextToken();
    boolean relative = source.equals(".") || source.equals("..") || source.startsWith("./");
    return relative || source.startsWith("../")
        ? session.directory().resolve(source).normalize() + volume.substring(source.length())
        : volume;
  }

  private List<String> fromFiles(List<String> files) {
    List<String> entries = new ArrayList<>();
    for (String file : files) {
      Path path = session.directory().resolve(file);
      try {
        DotEnv.parse(Files.readString(path), session.environment()::get, (_, _) -> {}, new Growth())
            .forEach((key, value) -> entries.add(key + "=" + value.value()));
      } catch (DotEnvException e) {
        throw new UserError(
            ExitCode.FILE, path + ":" + e.line() + ": " + e.text() + "; " + e.nextMove(), e);
      } catch (IOException e) {
        throw new UserError(
            ExitCode.FILE, "--env-from-file " + path + " cannot be read; name a file that can", e);
      }
    }
    return entries;
  }
}
