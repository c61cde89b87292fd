package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.files.LocalUnpacking;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.PathView;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a path of a container to this machine, with the rules of {@code docker cp}. */
final class CopyOut {
  private static final int BUFFER = 128 * 1024;

  private final Engine engine;
  private final ContainerView container;
  private final Session session;

  CopyOut(Engine engine, ContainerView container, Session session) {
    this.engine = engine;
    this.container = container;
    this.session = session;
  }

  void copy(String from, String to, boolean archive, boolean follows) throws IOException {
    String source = from.startsWith("/") ? from : "/" + from;
    PathView there = stat(source);
    if (follows && there.kind() == PathView.Kind.LINK) {
      source = there.linkTarget();
      there = stat(source);
    }
    try (InputStream tar =
        new BufferedInputStream(engine.getArchive(container.id(), source), BUFFER)) {
      if (to.equals("-")) {
        tar.transferTo(session.out());
        session.out().flush();
        return;
      }
      boolean contents = source.endsWith("/.");
      boolean directory = there.kind() == PathView.Kind.DIRECTORY;
      Path target = session.directory().resolve(to);
      if (Files.isDirectory(target)) {
        new LocalUnpacking(target, null, archive).unpack(tar);
        return;
      }
      require(!Files.exists(target) || !directory, target, "is a file; a folder cannot replace it");
      require(directory || !to.endsWith("/"), target, "does not exist; make that folder first");
      Path parent = target.toAbsolutePath().normalize().getParent();
      if (parent == null || !Files.isDirectory(parent)) {
        throw new UserError(
            ExitCode.FAILURE, "the folder " + parent + " does not exist; make it first");
      }
      Path name = target.toAbsolutePath().normalize().getFileName();
      if (contents) {
        Files.createDirectory(target);
        new LocalUnpacking(target, null, archive).unpack(tar);
      } else {
        new LocalUnpacking(parent, name.toString(), archive).unpack(tar);
      }
    }
  }

  private PathView stat(String path) {
    return engine
        .path(container.id(), path)
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.FAILURE,
                    container.name()
                        + " has no "
                        + path
                        + "; jcompose exec "
                        + container.label("com.docker.compose.service")
                        + " ls shows what it has"));
  }

  private static void require(boolean holds, Path target, String otherwise) {
    if (!holds) {
      throw new UserError(ExitCode.FAILURE, target + " " + otherwise);
    }
  }
}
