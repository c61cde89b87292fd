package dev.jcompose.engine.build.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
   * @return the folder that was wanted
   */
  public static Path checkOut(String text, Path directory, boolean keepGit, String commit)
      throws FetchException, IOException, InterruptedException {
    GitAddress address = GitAddress.parse(text);
    git(directory, "init", "--quiet");
    git(directory, "remote", "add", "origin", address.remote());
    String reference = address.reference().isEmpty() ? "HEAD" : address.reference();
    try {
      git(directory, "fetch", "--quiet", "--depth=1", "origin", reference);
    } catch (FetchException e) {
      // Servers may refuse a bare commit: then everything is needed to find it.
      git(directory, "fetch", "--quiet", "--tags", "origin");
      git(directory, "checkout", "--quiet", "--detach", reference);
    }
    if (!Files.exists(directory.resolve(".git/HEAD")) || isUnborn(directory)) {
      git(directory, "checkout", "--quiet", "--detach", "FETCH_HEAD");
    }
    if (address.submodules()) {
      git(directory, "submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
    }
    String head = git(directory, "rev-parse", "HEAD").strip();
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

  private static boolean isUnborn(Path directory) throws IOException, InterruptedException {
    try {
      git(directory, "rev-parse", "--verify", "--quiet", "HEAD");
      return false;
    } catch (FetchException e) {
      return true;
    }
  }

  private static String git(Path directory, String... words)
      throws FetchException, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new FetchException("repositories need git, which this machine does not have", e);
    }
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new FetchException("git " + words[0] + " failed: " + output.strip());
      }
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
