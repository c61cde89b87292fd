package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.PathView;
import dev.jcompose.engine.tar.LocalArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Copies a path of this machine into a container, with the rules of {@code docker cp}. */
final class CopyIn {
  private final Engine engine;
  private final ContainerView container;
  private final Session session;

  CopyIn(Engine engine, ContainerView container, Session session) {
    this.engine = engine;
    this.container = container;
    this.session = session;
  }

  void copy(String from, String to, boolean archive, boolean follows) throws IOException {
    String target = to.startsWith("/") ? to : "/" + to;
    PathView there = existing(target);
    boolean intoDirectory = there != null && there.kind() == PathView.Kind.DIRECTORY;
    if (there != null && there.kind() == PathView.Kind.LINK) {
      target = there.linkTarget();
      PathView behind = engine.path(container.id(), target).orElse(null);
      intoDirectory = behind != null && behind.kind() == PathView.Kind.DIRECTORY;
    }
    if (from.equals("-")) {
      require(intoDirectory, target, "is no directory to unpack an archive in");
      engine.putArchive(container.id(), target, session.in(), archive);
      return;
    }
    Path source = session.directory().resolve(from);
    if (follows && Files.exists(source)) {
      source = source.toRealPath();
    }
    if (!Files.exists(source, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw new UserError(
          ExitCode.FAILURE, source.normalize() + " is not there; name a file or a folder here");
    }
    boolean contents = from.endsWith("/.") || from.equals(".");
    boolean directory = Files.isDirectory(source);
    String name = contents ? "." : source.toAbsolutePath().normalize().getFileName().toString();
    String into = target;
    if (!intoDirectory) {
      require(there == null || !directory, target, "is a file; a folder cannot replace it");
      require(directory || !to.endsWith("/"), target, "does not exist; make that directory first");
      String trimmed = target.replaceAll("/+$", "");
      int slash = trimmed.lastIndexOf('/');
      into = slash <= 0 ? "/" : trimmed.substring(0, slash);
      name = trimmed.substring(slash + 1);
    }
    Path packed = source;
    String root = name;
    try (InputStream tar = LocalArchive.stream(a -> a.add(packed, root))) {
      engine.putArchive(container.id(), into, tar, archive);
    }
  }

  private @Nullable PathView existing(String target) {
    return engine.path(container.id(), target).orElse(null);
  }

  private void require(boolean holds, String target, String otherwise) {
    if (!holds) {
      throw new UserError(ExitCode.FAILURE, container.name() + ":" + target + " " + otherwise);
    }
  }
}
