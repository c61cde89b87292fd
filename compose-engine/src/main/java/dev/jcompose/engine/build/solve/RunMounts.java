package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.build.cache.CacheMounts;
import dev.jcompose.engine.build.copy.CopyEngine;
import dev.jcompose.engine.build.copy.CopyException;
import dev.jcompose.engine.build.copy.CopyOptions;
import dev.jcompose.engine.build.copy.CopySource;
import dev.jcompose.engine.build.copy.Destination;
import dev.jcompose.engine.build.copy.Owner;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.dockerfile.Stage;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.mount.MountParser;
import dev.jcompose.engine.build.mount.RunMount;
import dev.jcompose.engine.build.run.AgentRelay;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.build.tree.TreeNode;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code --mount} flags of one RUN: what they add to its key, and the mounts themselves. */
final class RunMounts {
  private static final int LARGEST_SECRET = 500 * 1024;
  private static final Path MEMORY = Path.of("/dev/shm");

  private final BuildTools tools;
  private final Session session;
  private final Stage stage;
  private final StageState state;
  private final UndoStack undo;
  private final List<RunMount> mounts = new ArrayList<>();
  private final List<String> key = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Origin origin;

  RunMounts(BuildTools tools, Session session, Stage stage, StageState state, UndoStack undo) {
    this.tools = tools;
    this.session = session;
    this.stage = stage;
    this.state = state;
    this.undo = undo;
    this.origin = stage.from().origin();
  }

  /** Reads the flags and looks at what they name. */
  void read(Instruction.Run run) throws BuildException, IOException, InterruptedException {
    origin = run.origin();
    for (String text : run.mounts()) {
      try {
        RunMount mount =
            MountParser.parse(
                text, value -> session.scope().word(value, state.variables::get, origin.range()));
        mounts.add(mount);
        key.add(keyOf(mount));
      } catch (SyntaxException e) {
        throw session.scope().problem(origin.range(), e);
      }
    }
  }

  /** What of the mounts counts for the result: what is read through them, not what is in caches. */
  List<String> key() {
    return key;
  }

  /** Variables that hold secrets, and the name of the agent's socket. */
  Map<String, String> environment() {
    return environment;
  }

  private String keyOf(RunMount mount) throws BuildException, IOException, InterruptedException {
    return switch (mount) {
      case RunMount.Bind bind -> {
        SourceFiles files = session.sources().files(bind.from(), stage.index(), origin);
        TreeNode node = source(files, bind.source());
        String content =
            tools.digests().of(files.tree(), node, IgnoreRules.NONE, files.owned()).hex();
        yield "bind " + target(bind.target()) + " " + bind.readOnly() + " " + content;
      }
      case RunMount.Cache cache -> "cache " + target(cache.target());
      case RunMount.Tmpfs tmpfs -> "tmpfs " + target(tmpfs.target()) + " " + tmpfs.size();
      case RunMount.Secret secret ->
          "secret " + secret.id() + " " + secret.target() + " " + secret.environment();
      case RunMount.Ssh ssh -> "ssh " + ssh.id() + " " + ssh.target();
    };
  }

  private TreeNode source(SourceFiles files, String path) throws BuildException {
    TreeNode node = files.tree().find(path, true);
    if (node == null) {
      throw session.failure(origin, "\"" + path + "\" of a bind mount is not there", null);
    }
    return node;
  }

  private String target(String written) {
    return Path.of(state.settings.workingDirOrRoot()).resolve(written).normalize().toString();
  }

  /** Makes what is to be mounted; it goes when the step ends. */
  List<Mount> prepare() throws BuildException, IOException, InterruptedException {
    List<Mount> all = new ArrayList<>();
    int agents = 0;
    for (RunMount mount : mounts) {
      switch (mount) {
        case RunMount.Bind bind -> all.add(bind(bind));
        case RunMount.Cache cache -> all.add(cache(cache));
        case RunMount.Tmpfs tmpfs ->
            all.add(
                new Mount.Tmpfs(
                    target(tmpfs.target()), tmpfs.size(), 01777, List.of("nosuid", "nodev")));
        case RunMount.Secret secret -> secret(secret, all);
        case RunMount.Ssh ssh -> {
          ssh(ssh, agents, all);
          agents++;
        }
      }
    }
    return all;
  }

  private Mount bind(RunMount.Bind bind) throws BuildException, IOException, InterruptedException {
    SourceFiles files = session.sources().files(bind.from(), stage.index(), origin);
    TreeNode node = source(files, bind.source());
    // One folder, all of it, only read: the folder itself will do.
    if (bind.readOnly() && files.whole() && files.tree().isPlain(node)) {
      return Mount.Bind.of(node.onHost(), target(bind.target()), true);
    }
    Path copy = copied(files, node);
    Path source = node.facts().isDirectory() ? copy : copy.resolve(node.name());
    return Mount.Bind.of(source, target(bind.target()), bind.readOnly());
  }

  private Path copied(SourceFiles files, TreeNode node) throws BuildException, IOException {
    Path place = tools.store().layers().stage();
    undo.push("remove " + place, () -> tools.store().layers().discard(place));
    copy(files, node, place, session.nothing());
    return place;
  }

  private void copy(SourceFiles files, TreeNode node, Path place, Path below)
      throws BuildException {
    Owner owner = files.owned() ? null : Owner.ROOT;
    CopyOptions options = new CopyOptions(owner, null, IgnoreRules.NONE, false, files.owned());
    try (Destination destination =
        new Destination(
            tools.files(),
            FileTree.folder(tools.files(), below, IgnoreRules.NONE),
            place,
            session.moment().getEpochSecond())) {
      new CopyEngine(tools.files(), destination, options)
          .copy(List.of(new CopySource(files.tree(), node, node.name(), "")), "/");
      destination.finish();
    } catch (CopyException e) {
      throw session.failure(origin, String.valueOf(e.getMessage()), e);
    }
  }

  private Mount cache(RunMount.Cache cache)
      throws BuildException, IOException, InterruptedException {
    String namespace = session.request().arguments().getOrDefault("BUILDKIT_CACHE_MOUNT_NS", "");
    CacheMounts.Held held =
        tools
            .cacheMounts()
            .take(
                namespace + "/" + cache.id(), CacheMounts.Sharing.valueOf(cache.sharing().name()));
    undo.push("give back cache " + cache.id(), held::close);
    if (held.isNew()) {
      if (!cache.from().isEmpty()) {
        SourceFiles files = session.sources().files(cache.from(), stage.index(), origin);
        copy(files, source(files, cache.source()), held.directory(), session.nothing());
      }
      Integer mode = cache.owner().mode();
      Files.setAttribute(held.directory(), "unix:uid", cache.owner().uid());
      Files.setAttribute(held.directory(), "unix:gid", cache.owner().gid());
      Files.setAttribute(held.directory(), "unix:mode", mode == null ? 0755 : mode);
      held.ready();
    }
    return Mount.Bind.of(held.directory(), target(cache.target()), cache.readOnly());
  }

  private void secret(RunMount.Secret secret, List<Mount> all) throws BuildException, IOException {
    byte[] content = session.request().secret(secret.id());
    if (content == null) {
      if (secret.required()) {
        throw session.failure(
            origin,
            "secret " + secret.id() + " is not there; give it under secrets: or with --secret",
            null);
      }
      return;
    }
    if (content.length > LARGEST_SECRET) {
      throw session.failure(
          origin, "secret " + secret.id() + " is larger than 500 kB; make it smaller", null);
    }
    if (!secret.environment().isEmpty()) {
      environment.put(secret.environment(), new String(content, StandardCharsets.UTF_8));
    }
    if (secret.target().isEmpty()) {
      return;
    }
    Path folder = scratch(inMemory());
    Path file = folder.resolve("secret");
    Files.createFile(
        file,
        java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
            java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content);
    Integer mode = secret.owner().mode();
    Files.setAttribute(file, "unix:uid", secret.owner().uid());
    Files.setAttribute(file, "unix:gid", secret.owner().gid());
    Files.setAttribute(file, "unix:mode", mode == null ? 0400 : mode);
    all.add(Mount.Bind.of(file, target(secret.target()), true));
  }

  /** A folder that is on no disk, where the machine has one. */
  private Path inMemory() throws IOException {
    if (Files.isDirectory(MEMORY)) {
      FileStore store = Files.getFileStore(MEMORY);
      if (store.type().equals("tmpfs")) {
        return MEMORY;
      }
    }
    return tools.state().buildRuns();
  }

  private Path scratch(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(parent), "jcompose-build-");
    undo.push("remove " + folder, () -> FileTrees.delete(folder));
    return folder;
  }

  private void ssh(RunMount.Ssh ssh, int index, List<Mount> all)
      throws BuildException, IOException {
    Path agent = session.request().ssh().get(ssh.id());
    if (agent == null) {
      if (ssh.required()) {
        throw session.failure(
            origin,
            "ssh agent " + ssh.id() + " is not there; give it under ssh: or with --ssh " + ssh.id(),
            null);
      }
      return;
    }
    String target =
        ssh.target().isEmpty() ? "/run/buildkit/ssh_agent." + index : target(ssh.target());
    Path socket = scratch(tools.state().buildRuns()).resolve("agent");
    AgentRelay relay = AgentRelay.open(socket, agent);
    undo.push("close the relay to the ssh agent", relay::close);
    Integer mode = ssh.owner().mode();
    Files.setAttribute(socket, "unix:uid", ssh.owner().uid());
    Files.setAttribute(socket, "unix:gid", ssh.owner().gid());
    Files.setAttribute(socket, "unix:mode", mode == null ? 0600 : mode);
    all.add(Mount.Bind.of(socket, target, false));
    environment.putIfAbsent("SSH_AUTH_SOCK", target);
  }
}
