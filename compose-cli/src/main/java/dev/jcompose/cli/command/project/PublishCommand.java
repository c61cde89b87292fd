package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.mount.Mount;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.DockerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code publish}: sends the project itself to a registry, for {@code -f oci://...}. */
public final class PublishCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .operands("NAME", "1", "Where to, as an image is named.")
        .flag("Send env files of services, too.", "--with-env")
        .flag("Answer yes to every question; jcompose asks none here.", "-y", "--yes")
        .refuse("is not available; push the images first with jcompose push", false, "--app")
        .refuse(
            "is not available; publish what config --lock-image-digests writes as one more -f",
            false,
            "--resolve-image-digests")
        .refuse("is not available; artifacts are those of OCI 1.1", true, "--oci-version")
        .refuse(
            "is not available; list the registry in /etc/jcompose/engine.json",
            false,
            "--insecure-registry");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String name = arguments.operands().getFirst();
    LoadedProject loaded =
        ProjectContext.loadWhole(session, List.of(), EnumSet.noneOf(LoadRequest.Skip.class));
    Project project = loaded.project();
    List<JsonObject> files = new ArrayList<>();
    for (Path file : project.files()) {
      files.add(file(file, "COMPOSE"));
    }
    Set<Path> others = new LinkedHashSet<>(loaded.sources());
    project.files().forEach(others::remove);
    others.removeAll(project.envFiles());
    others.remove(project.workingDirectory().resolve(".env"));
    others.removeIf(file -> !Files.exists(file));
    for (Path other : others) {
      if (isCompose(other)) {
        throw new UserError(
            ExitCode.FAILURE,
            "%s is included or extended, and cannot be published with the project; write all into one"
                    .formatted(other)
                + " file with jcompose config, and publish that");
      }
      if (!arguments.flag("--with-env")) {
        throw new UserError(
            ExitCode.FAILURE,
            other
                + " may have secrets in it; publish it with --with-env, or write what may be seen"
                + " into environment");
      }
      files.add(file(other, "ENVIRONMENT"));
    }
    refuseWhatStaysHere(project);
    if (session.options().dryRun()) {
      session.out().println("would publish " + files.size() + " files as " + name);
      return ExitCode.OK.code();
    }
    try (EngineClient client = session.client()) {
      String digest =
          client
              .images()
              .publish(name, files, DockerConfig.load(session.environment()).credential(name));
      session.out().println("oci://" + name + "@" + digest);
    }
    return ExitCode.OK.code();
  }

  private static JsonObject file(Path file, String kind) throws IOException {
    return JsonObject.builder()
        .put("Name", String.valueOf(file.getFileName()))
        .put("Kind", kind)
        .put("Text", Files.readString(file))
        .build();
  }

  private static boolean isCompose(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  /** What names something of this machine means nothing where the project is fetched. */
  private static void refuseWhatStaysHere(Project project) {
    for (Service service : project.services().values()) {
      if (service.image() == null) {
        throw new UserError(
            ExitCode.FAILURE,
            "services.%s is only built here; give it an image, and push that first"
                .formatted(service.name()));
      }
      for (Mount mount : service.storage().mounts()) {
        if (mount instanceof Mount.Bind bind) {
          throw new UserError(
              ExitCode.FAILURE,
              "services.%s mounts %s of this machine; use a volume, or a config with content"
                  .formatted(service.name(), bind.source()));
        }
      }
    }
  }
}
