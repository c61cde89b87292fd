package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.copy.CopyException;
import dev.jcompose.engine.build.copy.CopyOptions;
import dev.jcompose.engine.build.copy.CopySource;
import dev.jcompose.engine.build.copy.ModeChange;
import dev.jcompose.engine.build.copy.Owner;
import dev.jcompose.engine.build.dockerfile.Heredoc;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.fetch.Archives;
import dev.jcompose.engine.build.fetch.Downloads;
import dev.jcompose.engine.build.fetch.FetchException;
import dev.jcompose.engine.build.fetch.Repositories;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the sources of one COPY or ADD into batches: files, texts in the Dockerfile, archives to
 * unpack, files from the network, repositories.
 */
final class Transfers {
  private final BuildTools tools;
  private final Session session;
  private final Origin origin;
  private final SourceFiles files;
  private final Target target;
  private final UndoStack undo;
  private final List<Batch> batches = new ArrayList<>();

  /**
   * Where things go and how.
   *
   * @param path absolute; with a slash at its end it is a folder
   * @param owner null for the owners of the sources
   */
  record Target(
      String path,
      @Nullable Owner owner,
      @Nullable ModeChange mode,
      IgnoreRules excludes,
      boolean parents) {
    /** The same path as a folder. */
    String folder() {
      return path.endsWith("/") ? path : path + "/";
    }
  }

  /**
   * @param undo removes what was fetched when the step has ended
   */
  Transfers(
      BuildTools tools,
      Session session,
      Origin origin,
      SourceFiles files,
      Target target,
      UndoStack undo) {
    this.tools = tools;
    this.session = session;
    this.origin = origin;
    this.files = files;
    this.target = target;
    this.undo = undo;
  }

  List<Batch> batches() {
    return batches;
  }

  /** Files of the context, a stage or an image. */
  void copy(List<String> sources) throws BuildException {
    List<CopySource> all = new ArrayList<>();
    for (String source : sources) {
      all.addAll(select(source));
    }
    if (!all.isEmpty()) {
      batches.add(batch(all));
    }
  }

  /** The sources of ADD, each by what it is. */
  void add(List<String> sources, Instruction.Add add)
      throws BuildException, IOException, InterruptedException {
    boolean remote =
        sources.stream().anyMatch(s -> Repositories.isRepository(s) || Downloads.isUrl(s));
    if (!add.checksum().isEmpty() && (!remote || sources.size() > 1)) {
      throw session.failure(
          origin, "--checksum is for one source from the network or a repository", null);
    }
    for (String source : sources) {
      if (Repositories.isRepository(source)) {
        repository(source, add);
      } else if (Downloads.isUrl(source)) {
        download(source, add);
      } else {
        for (CopySource each : select(source)) {
          local(each, add);
        }
      }
    }
  }

  /** Texts of the Dockerfile. */
  void write(List<Heredoc> heredocs, java.util.function.UnaryOperator<String> expand)
      throws IOException {
    if (heredocs.isEmpty()) {
      return;
    }
    Path place = scratch();
    List<CopySource> all = new ArrayList<>();
    StringBuilder key = new StringBuilder("text");
    int number = 0;
    for (Heredoc heredoc : heredocs) {
      String content = heredoc.content();
      String text = heredoc.expands() ? expand.apply(content) : content;
      String name = heredoc.name().substring(heredoc.name().lastIndexOf('/') + 1);
      Path folder = Files.createDirectory(place.resolve(Integer.toString(number++)));
      Path file = Files.writeString(folder.resolve(name), text);
      Files.setAttribute(file, "unix:mode", 0644);
      Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(session.moment()));
      all.add(only(folder, name));
      key.append('\0').append(name).append('\0').append(text);
    }
    batches.add(
        new Batch(
            key.toString(),
            options(target.owner() == null ? Owner.ROOT : target.owner(), false, false),
            target.path(),
            () -> all));
  }

  private CopySource only(Path folder, String name) {
    FileTree tree = FileTree.folder(tools.files(), folder, IgnoreRules.NONE);
    TreeNode node = tree.find(name, false);
    if (node == null) {
      throw new IllegalStateException(name + " was just written");
    }
    return new CopySource(tree, node, name, "");
  }

  private List<CopySource> select(String source) throws BuildException {
    try {
      return Selection.of(files.tree(), source, target.parents());
    } catch (CopyException | IllegalArgumentException e) {
      throw session.failure(origin, String.valueOf(e.getMessage()), e);
    }
  }

  private Batch batch(List<CopySource> sources) {
    return new Batch(
        content(sources),
        options(target.owner(), false, files.owned()),
        target.path(),
        () -> sources);
  }

  private CopyOptions options(@Nullable Owner owner, boolean replaces, boolean attributes) {
    return new CopyOptions(owner, target.mode(), target.excludes(), replaces, attributes);
  }

  private String content(List<CopySource> sources) {
    StringBuilder all = new StringBuilder();
    for (CopySource source : sources) {
      boolean directory = source.node().facts().isDirectory();
      all.append(source.parents()).append('\0');
      // A directory's own name appears nowhere.
      all.append(directory ? "" : source.name()).append('\0');
      all.append(
          tools.digests().of(source.tree(), source.node(), target.excludes(), files.owned()).hex());
      all.append('\n');
    }
    return all.toString();
  }

  private void local(CopySource source, Instruction.Add add)
      throws BuildException, IOException, InterruptedException {
    boolean file = source.node().facts().type() == 0100000;
    if (file && !Boolean.FALSE.equals(add.unpack()) && Archives.isArchive(source.node().onHost())) {
      unpack(source.node().onHost(), content(List.of(source)));
      return;
    }
    batches.add(batch(List.of(source)));
  }

  /** An archive's files keep their owners, and take the place of whatever is there. */
  private void unpack(Path archive, String content) throws IOException {
    batches.add(
        new Batch(
            "unpacked " + content,
            options(
                files.owned() || !Owner.ROOT.equals(target.owner()) ? target.owner() : null,
                true,
                true),
            target.folder(),
            () -> {
              Path place = scratch();
              try {
                Archives.unpack(tools.files(), archive, place);
              } catch (IOException e) {
                throw session.failure(
                    origin, "could not unpack " + archive.getFileName() + ": " + e.getMessage(), e);
              }
              return List.of(whole(place));
            }));
  }

  private CopySource whole(Path folder) {
    FileTree tree = FileTree.folder(tools.files(), folder, IgnoreRules.NONE);
    return new CopySource(tree, tree.top(), "", "");
  }

  private void download(String url, Instruction.Add add)
      throws BuildException, IOException, InterruptedException {
    try {
      Path place = scratch();
      Path file = Downloads.get(url, place, add.checksum(), session.request().secrets());
      CopySource source = only(place, Downloads.name(url));
      if (Boolean.TRUE.equals(add.unpack())) {
        unpack(file, content(List.of(source)));
        return;
      }
      String key = content(List.of(source)) + source.node().facts().mtime();
      batches.add(
          new Batch(
              key,
              options(target.owner() == null ? Owner.ROOT : target.owner(), false, false),
              target.path(),
              () -> List.of(source)));
    } catch (FetchException e) {
      throw session.failure(origin, String.valueOf(e.getMessage()), e);
    }
  }

  private void repository(String text, Instruction.Add add)
      throws BuildException, IOException, InterruptedException {
    try {
      Path folder =
          Repositories.checkOut(
              text, scratch(), add.keepGitDir(), add.checksum(), session.request().secrets());
      CopySource source = whole(folder);
      batches.add(
          new Batch(
              content(List.of(source)),
              options(target.owner() == null ? Owner.ROOT : target.owner(), false, false),
              target.folder(),
              () -> List.of(source)));
    } catch (FetchException e) {
      throw session.failure(origin, String.valueOf(e.getMessage()), e);
    }
  }

  private Path scratch() throws IOException {
    Path place = tools.store().layers().stage();
    undo.push("remove " + place, () -> tools.store().layers().discard(place));
    return place;
  }
}
