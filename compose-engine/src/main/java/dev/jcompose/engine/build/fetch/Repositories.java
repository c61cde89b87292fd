package dev.jcompose.engine.build.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Git repositories, with the machine's git. */
public final class Repositories {
  private Repositories() {}

  /** Whether a source of ADD is a repository: BuildKit's rules for references. */
  public static boolean isRepository(String text) {
    return GitAddress.isOne(text);
  }

  /**
   * Checks a repository out.
   *
   * @param text {@code REMOTE[#REFERENCE[:FOLDER]]}, or {@code REMOTE?ref=…&subdir=…}
   * @param directory an empty one
   * @param keepGit whether {@code .git} stays
   * @param commit the beginning of the commit it must be; empty for any
   * @param secrets {@code GIT_AUTH_TOKEN} and {@code GIT_AUTH_HEADER}, also with {@code .HOST}
   *     behind, are shown to servers of HTTP
   * @return the folder that was wanted
   */
  public static Path checkOut(
      String text, Path directory, boolean keepGit, String commit, Map<String, byte[]> secrets)
      throws FetchException, IOException, InterruptedException {
    GitAddress address = GitAddress.parse(text);
    Git git = Git.in(directory, address.remote(), secrets);
    git.run("init", "--quiet");
    git.run("remote", "add", "origin", address.remote());
    String reference = address.reference().isEmpty() ? "HEAD" : address.reference();
    try {
      git.run("fetch", "--quiet", "--depth=1", "origin", reference);
    } catch (FetchException e) {
      // Servers may refuse a bare commit: then everything is needed to find it.
      git.run("fetch", "--quiet", "--tags", "origin");
      git.run("checkout", "--quiet", "--detach", reference);
    }
    if (!Files.exists(directory.resolve(".git/HEAD")) || isUnborn(git)) {
      git.run("checkout", "--quiet", "--detach", "FETCH_HEAD");
    }
    if (address.submodules()) {
      git.run("submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
    }
    String head = git.run("rev-parse", "HEAD").strip();
    for (String wanted : List.of(commit, address.commit())) {
      if (!head.startsWith(wanted)) {
        throw new FetchException(
            text + " is at commit " + head + " and not at " + wanted + "; check both");
      }
    }
    if (!keepGit) {
      dev.jcompose.engine.state.FileTrees.delete(directory.resolve(".git"));
    }
    Path folder = directory.resolve("./" + address.folder()).normalize();
    // A link in the repository must not lead to what this machine has.
    if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(directory.toRealPath())) {
      throw new FetchException(text + " has no folder " + address.folder());
    }
    return folder.toRealPath();
  }

  private static boolean isUnborn(Git git) throws IOException, InterruptedException {
    try {
      git.run("rev-parse", "--verify", "--quiet", "HEAD");
      return false;
    } catch (FetchException e) {
      return true;
    }
  }
}
