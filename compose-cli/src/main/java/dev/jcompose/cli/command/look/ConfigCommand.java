package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.config.ConfigReport;
import dev.jcompose.core.config.Explanation;
import dev.jcompose.core.config.VariableUse;
import dev.jcompose.core.load.LoadRequest.Skip;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.api.login.LoginException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code config}. Needs no engine, except for digests. */
public final class ConfigCommand implements Command {
  private static final List<String> NAMES =
      List.of("--services", "--volumes", "--networks", "--models", "--profiles", "--images");

  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("FORMAT", "yaml, or json.", "--format")
        .text("FILE", "Write to this file.", "-o", "--output")
        .flag("Check only, print nothing.", "-q", "--quiet")
        .flag("Names of the services.", "--services")
        .flag("Names of the volumes.", "--volumes")
        .flag("Names of the networks.", "--networks")
        .flag("Names of the models.", "--models")
        .flag("Names of the profiles.", "--profiles")
        .flag("Images of the services.", "--images")
        .text("SERVICE", "Hashes of these services, separated by commas; * for all.", "--hash")
        .flag("Variables the files use.", "--variables")
        .flag("Variables the files see.", "--environment")
        .flag(
            "Why each value is what it is: file and line, variables, what it replaced.",
            "--explain")
        .flag("Leave variables as written.", "--no-interpolate")
        .flag("Leave out what is only implied.", "--no-normalize")
        .flag("Leave paths as written.", "--no-path-resolution")
        .flag("Do not check that the parts fit each other.", "--no-consistency")
        .flag("Leave env files of services unread.", "--no-env-resolution")
        .flag("Name images by their digests, which registries tell.", "--resolve-image-digests")
        .flag("Print nothing but images with digests, a file to lay over.", "--lock-image-digests")
        .operands(
            "SERVICE",
            "0..*",
            "Only these services and what they depend on; with --explain the path to explain.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String text = text(arguments, session);
    if (!arguments.flag("--quiet")) {
      String output = arguments.text("--output");
      if (output == null) {
        session.out().print(text);
      } else {
        write(session.directory().resolve(output), output, text);
      }
    }
    return ExitCode.OK.code();
  }

  private static void write(Path file, String name, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.FAILURE,
          "jcompose config --output \""
              + name
              + "\" cannot be written ("
              + reason(e)
              + "); name a file in a directory that is there");
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "its directory is not there";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  private static String text(Arguments arguments, Session session)
      throws ComposeException, IOException, InterruptedException {
    ConfigOutput.Format format = format(arguments.text("--format"));
    boolean variables = arguments.flag("--variables");
    boolean explains = arguments.flag("--explain");
    ConfigReport report =
        new ConfigReport(
            ProjectContext.loadWhole(
                session,
                explains ? List.of() : arguments.operands(),
                skips(arguments, variables, session.options().compatibility())));
    if (explains) {
      return explanations(report, arguments.operands());
    }
    // The first of these that is given counts, in docker compose's order.
    if (arguments.flag("--services")) {
      return lines(report.services());
    }
    if (arguments.flag("--volumes")) {
      return lines(report.volumes());
    }
    if (arguments.flag("--networks")) {
      return lines(report.networks());
    }
    if (arguments.flag("--models")) {
      return lines(report.models());
    }
    String hash = arguments.text("--hash");
    if (hash != null) {
      return lines(report.hashes(hash));
    }
    if (arguments.flag("--profiles")) {
      return lines(report.profiles());
    }
    if (arguments.flag("--images")) {
      return lines(report.images(ProjectContext.separator(session)));
    }
    if (variables) {
      return table(report.variables());
    }
    if (arguments.flag("--environment")) {
      return lines(report.environment());
    }
    boolean locks = arguments.flag("--lock-image-digests");
    return locks || arguments.flag("--resolve-image-digests")
        ? pinned(report, format, locks, session)
        : report.model(format);
  }

  private static String pinned(
      ConfigReport report, ConfigOutput.Format format, boolean imagesOnly, Session session)
      throws ComposeException, IOException, InterruptedException {
    try (EngineClient client = session.client()) {
      Credentials credentials = DockerConfig.load(session.environment());
      return report.pinnedModel(format, image -> digest(client, credentials, image), imagesOnly);
    } catch (LoginException e) {
      throw new UserError(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private static String digest(EngineClient client, Credentials credentials, String image)
      throws IOException {
    try {
      String digest = client.images().registryDigest(image, credentials.forImage(image));
      if (digest.isEmpty()) {
        throw new IOException("the engine tells none; ask one of jcompose or Docker");
      }
      return digest;
    } catch (ApiException | LoginException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ConfigOutput.Format format(@Nullable String name) {
    if (name == null || name.equals("yaml")) {
      return ConfigOutput.Format.YAML;
    }
    if (name.equals("json")) {
      return ConfigOutput.Format.JSON;
    }
    throw UserError.usage(
        "jcompose config --format \"" + name + "\" is not available; write yaml or json");
  }

  private static Set<Skip> skips(Arguments arguments, boolean variables, boolean compatible) {
    Set<Skip> skips = EnumSet.noneOf(Skip.class);
    skip(skips, Skip.INTERPOLATION, variables || arguments.flag("--no-interpolate"));
    skip(skips, Skip.NORMALIZATION, arguments.flag("--no-normalize") || compatible);
    skip(skips, Skip.PATH_RESOLUTION, arguments.flag("--no-path-resolution"));
    skip(skips, Skip.CONSISTENCY, arguments.flag("--no-consistency"));
    // Names do not change with what is in env files, and those may be missing.
    skip(
        skips,
        Skip.ENVIRONMENT_RESOLUTION,
        arguments.flag("--no-env-resolution") || asksForNames(arguments));
    return skips;
  }

  private static boolean asksForNames(Arguments arguments) {
    for (String flag : NAMES) {
      if (arguments.flag(flag)) {
        return true;
      }
    }
    return false;
  }

  private static void skip(Set<Skip> skips, Skip phase, boolean skipped) {
    if (skipped) {
      skips.add(phase);
    }
  }

  private static String explanations(ConfigReport report, List<String> paths)
      throws ComposeException {
    if (paths.size() > 1) {
      throw UserError.usage("jcompose config --explain takes one path, such as services.web.image");
    }
    List<String> lines = new ArrayList<>();
    for (Explanation explanation : report.explain(paths.isEmpty() ? "" : paths.get(0))) {
      lines.add(explanation.toString());
    }
    return lines(lines);
  }

  private static String lines(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static String table(List<VariableUse> uses) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "REQUIRED", "DEFAULT VALUE", "ALTERNATE VALUE"));
    for (VariableUse use : uses) {
      rows.add(
          List.of(
              use.name(),
              Boolean.toString(use.required()),
              use.defaultValue(),
              use.alternateValue()));
    }
    int[] widths = new int[4];
    for (List<String> row : rows) {
      for (int i = 0; i < 4; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < 4; i++) {
        text.append(row.get(i));
        text.append(i == 3 ? "\n" : " ".repeat(widths[i] - row.get(i).length() + 3));
      }
    }
    return text.toString();
  }
}
