package dev.jcompose.core.load;

import dev.jcompose.core.project.ConfigHash;
import dev.jcompose.core.project.FileObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hashes what is in the files of configs and secrets, when somebody compares containers with them:
 * unlike docker compose, we see when it changes (docker/compose#11900).
 */
final class ContentDigest {
  private ContentDigest() {}

  static Map<String, FileObject> of(Map<String, FileObject> objects) {
    Map<String, FileObject> hashed = new LinkedHashMap<>(objects);
    hashed.replaceAll(
        (key, object) -> {
          String file = object.file();
          return file == null
              ? object
              : object.withFileHash(ConfigHash.lazy(() -> digest(Path.of(file))));
        });
    return hashed;
  }

  /** Empty when it cannot be read or is a folder; whoever mounts it says what is wrong with it. */
  private static String digest(Path file) {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out =
            new DigestOutputStream(
                OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    } catch (IOException e) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
