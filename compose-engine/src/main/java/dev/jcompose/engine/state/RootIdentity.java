package dev.jcompose.engine.state;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells several engines on one machine apart, in names the kernel shares between them.
 *
 * @param suffix empty for the default root, else {@code -} and six hex digits of the SHA-256 of the
 *     absolute root path
 */
public record RootIdentity(String suffix) {
  /** The identity of the engine that keeps its state under {@code root}. */
  public static RootIdentity of(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    if (absolute.equals(StateDirectory.DEFAULT_ROOT)) {
      return new RootIdentity("");
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(absolute.toString().getBytes(StandardCharsets.UTF_8));
      return new RootIdentity("-" + HexFormat.of().formatHex(digest).substring(0, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The cgroup under which this engine's containers live, relative to each hierarchy. */
  public String cgroupParent() {
    return "/jcompose" + suffix;
  }

  /** The name of this engine's nftables table. */
  public String firewallTable() {
    return "jcompose" + suffix;
  }
}
