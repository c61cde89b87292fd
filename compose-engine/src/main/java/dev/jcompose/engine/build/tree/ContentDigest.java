package dev.jcompose.engine.build.tree;

import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.layer.Attributes;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names the content of files and directories: types, modes, owners, link texts, attributes and
 * bytes, but no times (BuildKit's contenthash). Two trees that COPY would make the same layers of
 * have the same digest.
 */
public final class ContentDigest {
  private static final int BLOCK = 1 << 16;

  private final FileCalls calls;
  private final FileDigests known;
  private final Clock clock;

  public ContentDigest(FileCalls calls, FileDigests known, Clock clock) {
    this.calls = calls;
    this.known = known;
    this.clock = clock;
  }

  /**
   * The digest of one file, or of all below a directory.
   *
   * @param filter what does not count; it is asked for paths below {@code node}
   * @param owners whether owners and attributes count: they do not for a context, whose files
   *     belong to root once they are copied
   */
  public Digest of(FileTree tree, TreeNode node, IgnoreRules filter, boolean owners) {
    Map<String, TreeNode> all = new TreeMap<>();
    collect(tree, node, node.path().length(), filter, all);
    Map<String, String> contents = contents(all.values());
    MessageDigest sum = Digest.sha256();
    all.forEach(
        (path, each) -> {
          // The top directory itself is not copied, so only what is in it counts.
          if (each == node && node.facts().isDirectory()) {
            return;
          }
          sum.update(line(tree, each, path, contents.getOrDefault(each.path(), ""), owners));
        });
    return Digest.of(sum);
  }

  private void collect(
      FileTree tree, TreeNode node, int prefix, IgnoreRules filter, Map<String, TreeNode> all) {
    String below = node.path().substring(prefix);
    String relative = below.startsWith("/") ? below.substring(1) : below;
    boolean out = !relative.isEmpty() && filter.excludes(relative);
    if (!out) {
      all.put(relative, node);
    }
    if (node.facts().isDirectory() && (!out || filter.mayIncludeBelow(relative))) {
      for (TreeNode child : tree.children(node).values()) {
        collect(tree, child, prefix, filter, all);
      }
    }
  }

  private Map<String, String> contents(Iterable<TreeNode> nodes) {
    Map<String, String> contents = new TreeMap<>();
    List<TreeNode> unread = new ArrayList<>();
    for (TreeNode node : nodes) {
      if (node.facts().type() == 0100000) {
        Digest digest = known.find(FileStamp.of(node.facts()));
        if (digest == null) {
          unread.add(node);
        } else {
          contents.put(node.path(), digest.hex());
        }
      }
    }
    List<Digest> read = unread.parallelStream().map(this::read).toList();
    for (int i = 0; i < unread.size(); i++) {
      contents.put(unread.get(i).path(), read.get(i).hex());
    }
    return contents;
  }

  private Digest read(TreeNode file) {
    Instant now = clock.instant();
    long readAt = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    MessageDigest sum = Digest.sha256();
    int directory = calls.openDirectory(file.folder());
    try {
      int descriptor = calls.openFile(directory, file.name());
      try {
        byte[] block = new byte[(int) Math.min(BLOCK, file.facts().size() + 1)];
        for (int n = calls.read(descriptor, block); n > 0; n = calls.read(descriptor, block)) {
          sum.update(block, 0, n);
        }
      } finally {
        calls.close(descriptor);
      }
      Digest digest = Digest.of(sum);
      FileFacts after = calls.facts(directory, file.name());
      if (after == null) {
        throw new KernelException("read " + file.path(), Errno.ENOENT);
      }
      // Somebody writes to it right now: what was read belongs to no state of the file.
      if (FileStamp.of(after).equals(FileStamp.of(file.facts()))) {
        known.remember(FileStamp.of(file.facts()), digest, readAt);
      }
      return digest;
    } finally {
      calls.close(directory);
    }
  }

  private byte[] line(FileTree tree, TreeNode node, String path, String content, boolean owners) {
    FileFacts facts = node.facts();
    StringBuilder line = new StringBuilder(path.length() + 100);
    line.append(path).append('\0');
    line.append(Integer.toOctalString(facts.isSymlink() ? facts.mode() | 0777 : facts.mode()));
    line.append('\0').append(content);
    if (facts.isSymlink()) {
      line.append('\0').append(tree.linkTarget(node));
    }
    if (facts.type() == 0020000 || facts.type() == 0060000) {
      line.append('\0').append(facts.nodeMajor()).append(':').append(facts.nodeMinor());
    }
    if (owners) {
      line.append('\0').append(facts.uid()).append(':').append(facts.gid());
      attributes(node, line);
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void attributes(TreeNode node, StringBuilder line) {
    int directory = calls.openDirectory(node.folder());
    try {
      new TreeMap<>(calls.attributes(directory, node.facts().isDirectory() ? "." : node.name()))
          .forEach(
              (name, value) -> {
                if (Attributes.areTaken(name)) {
                  line.append('\0').append(name).append('=').append(Digest.of(value).hex());
                }
              });
    } finally {
      calls.close(directory);
    }
  }
}
