package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.BuildProgress;
import dev.jcompose.engine.build.BuildRequest;
import dev.jcompose.engine.build.BuildRequest.DockerfileSource;
import dev.jcompose.engine.build.ContextSource;
import dev.jcompose.engine.build.fetch.Contexts;
import dev.jcompose.engine.build.fetch.Contexts.Fetched;
import dev.jcompose.engine.build.fetch.FetchException;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;
import dev.jcompose.engine.linux.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes folders of this machine of the contexts of a build; they go when the build has ended. */
final class LocalContexts {
  private final BuildTools tools;
  private final BuildProgress progress;
  private final UndoStack undo;

  LocalContexts(BuildTools tools, BuildProgress progress, UndoStack undo) {
    this.tools = tools;
    this.progress = progress;
    this.undo = undo;
  }

  /** The same build with all its contexts here. */
  BuildRequest of(BuildRequest request) throws BuildException, InterruptedException {
    Map<String, String> contexts = new LinkedHashMap<>();
    for (Map.Entry<String, String> named : request.contexts().entrySet()) {
      String place = named.getValue();
      if (place.contains("://") && !Contexts.isRemote(place) && !Sources.isImage(place)) {
        throw new BuildException(
            "the context %s is \"%s\"; write a folder, docker-image://, oci-layout://, a git repository or an http URL"
                .formatted(named.getKey(), place));
      }
      contexts.put(
          named.getKey(),
          Contexts.isRemote(place)
              ? get(request, new ContextSource.Remote(place)).folder().toString()
              : place);
    }
    Fetched fetched = get(request, request.context());
    return request.at(fetched.folder(), dockerfile(request, fetched), contexts);
  }

  private Fetched get(BuildRequest request, ContextSource source)
      throws BuildException, InterruptedException {
    String title = request.title().isEmpty() ? "" : request.title() + " ";
    return switch (source) {
      case ContextSource.Folder folder -> new Fetched(folder.path(), false);
      case ContextSource.Sent sent ->
          watched(
              "[" + title + "internal] receive build context",
              place -> contexts(request).get(sent, place));
      case ContextSource.Remote remote ->
          watched(
              "[" + title + "internal] load " + remote.address(),
              place -> contexts(request).get(remote, place));
    };
  }

  private Contexts contexts(BuildRequest request) {
    return new Contexts(tools.files(), request.secrets());
  }

  @FunctionalInterface
  private interface Getting {
    Fetched into(Path place) throws FetchException, IOException, InterruptedException;
  }

  private Fetched watched(String name, Getting getting)
      throws BuildException, InterruptedException {
    int step = progress.begin(name);
    try {
      Path place = tools.store().layers().stage();
      undo.push("remove " + place, () -> tools.store().layers().discard(place));
      Fetched fetched = getting.into(place);
      progress.done(step);
      return fetched;
    } catch (InterruptedException e) {
      progress.canceled(step);
      throw e;
    } catch (FetchException | IOException | KernelException e) {
      String message = "could not get the build context: " + e.getMessage();
      progress.failed(step, message);
      throw new BuildException(message, e);
    }
  }

  private DockerfileSource dockerfile(BuildRequest request, Fetched fetched) throws BuildException {
    return switch (request.dockerfile()) {
      case DockerfileSource.Inline inline -> inline;
      case DockerfileSource.File file -> file;
      case DockerfileSource.InContext _ when fetched.onlyDockerfile() ->
          new DockerfileSource.File(fetched.folder().resolve("Dockerfile"));
      case DockerfileSource.InContext within -> {
        // Looked up inside the context: a link in it must not lead to a file of the machine.
        FileTree tree = FileTree.folder(tools.files(), fetched.folder(), IgnoreRules.NONE);
        TreeNode node = tree.find(within.path(), true);
        if (node == null && within.path().equals("Dockerfile")) {
          node = tree.find("dockerfile", true);
        }
        if (node == null || node.facts().isDirectory()) {
          throw new BuildException(
              "there is no %s in the build context; name the Dockerfile with -f"
                  .formatted(within.path()));
        }
        yield new DockerfileSource.File(node.onHost());
      }
    };
  }
}
