package dev.jcompose.core.desired;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of a service together with the files put into its containers: unlike docker compose, we
 * see when their content changes (docker/compose#11900, #13045).
 */
final class ContentHash {
  private ContentHash() {}

  /**
   * Hashes it.
   *
   * @param mounted hashes of the content of files of this machine
   */
  static String of(String configHash, List<InjectedFile> files, List<String> mounted) {
    if (files.isEmpty() && mounted.isEmpty()) {
      return configHash;
    }
    StringBuilder text = new StringBuilder(configHash);
    mounted.forEach(hash -> text.append('\n').append(hash));
    for (InjectedFile file : files) {
      // Lengths first, so that no two lists of files read the same.
      text.append('\n').append(file.target().length()).append(' ').append(file.target());
      text.append(' ').append(file.userId()).append(' ').append(file.groupId());
      text.append(' ').append(file.mode()).append(' ');
      switch (file.source()) {
        case InjectedFile.Text(String content) ->
            text.append(content.length()).append(' ').append(content);
        case InjectedFile.HostFile(_, String digest) -> text.append("sha256 ").append(digest);
      }
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
