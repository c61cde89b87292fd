package dev.jcompose.engine.build.fetch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Git repositories, with the machine's git. */
public final class Repositories {
  private static final Pattern SSH = Pattern.compile("[\\w.-]+@[\\w.-]+:.+");

  private Repositories() {}

  /**
   * Where a repository is and what of it is wanted.
   *
   * @param remote for git
   * @param reference branch, tag or commit; empty for the usual branch
   * @param folder in the repository; empty for its top
   */
  private record Address(String remote, String reference, String folder) {}

  /** Whether a source or context is a repository: BuildKit's rules for references. */
  public static boolean isRepository(String text) {
    String plain = text.replaceAll("[#?].*", "");
    return text.startsWith("git://")
        || text.startsWith("ssh://")
        || SSH.matcher(plain).matches()
        || (Downloads.isUrl(text) && plain.toLowerCase(Locale.ROOT).endsWith(".git"));
  }

  /**
   * Checks a repository out.
   *
   * @param text {@code REMOTE[#REFERENCE[:FOLDER]]}
   * @param directory an empty one
   * @param keepGit whether {@code .git} stays
   * @param commit the beginning of the commit it must be; empty for any
   * @return the folder that was wanted
   */
  public static Path checkOut(String text, Path directory, boolean keepGit, String commit)
      throws FetchException, IOException, InterruptedException {
    Address address = parse(text);
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
    git(directory, "submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
    String head = git(directory, "rev-parse", "HEAD").strip();
    if (!head.startsWith(commit)) {
      throw new FetchException(
          text + " is at commit " + head + " and not at " + commit + "; check both");
    }
    if (!keepGit) {
      dev.jcompose.engine.state.FileTrees.delete(directory.resolve(".git"));
    }
    Path folder = directory.resolve(address.folder()).normalize();
    if (!folder.startsWith(directory) || !Files.isDirectory(folder)) {
      throw new FetchException(text + " has no folder " + address.folder());
    }
    return folder;
  }

  private static boolean isUnborn(Path directory) throws IOException, InterruptedException {
    try {
      git(directory, "rev-parse", "--verify", "--quiet", "HEAD");
      return false;
    } catch (FetchException e) {
      return true;
    }
  }

  private static Address parse(String text) {
    int hash = text.indexOf('#');
    String remote = hash < 0 ? text : text.substring(0, hash);
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    int colon = fragment.indexOf(':');
    return new Address(
        remote,
        colon < 0 ? fragment : fragment.substring(0, colon),
        colon < 0 ? "" : fragment.substring(colon + 1));
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
