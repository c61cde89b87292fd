package dev.jcompose.engine.build.fetch;

import dev.jcompose.engine.build.ContextSource;
import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.image.layer.LayerUnpacker;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Gets contexts that are elsewhere into folders of this machine. */
public final class Contexts {
  private static final int BUFFER = 1 << 16;

  /** Longer texts are no Dockerfiles. */
  private static final int LONGEST_DOCKERFILE = 4_000_000;

  private final FileCalls calls;
  private final Map<String, byte[]> secrets;

  /**
   * @param secrets {@code HTTP_AUTH_TOKEN_<host>} and {@code HTTP_AUTH_HEADER_<host>} are sent, and
   *     {@code GIT_AUTH_TOKEN} and {@code GIT_AUTH_HEADER}
   */
  public Contexts(FileCalls calls, Map<String, byte[]> secrets) {
    this.calls = calls;
    this.secrets = secrets;
  }

  /**
   * A context that is here now.
   *
   * @param onlyDockerfile whether what came was a Dockerfile, which is the folder's only file then
   */
  public record Fetched(Path folder, boolean onlyDockerfile) {}

  /** Whether a context is a repository or a URL and not a folder. */
  public static boolean isRemote(String context) {
    return GitAddress.isContext(context) || Downloads.isUrl(context);
  }

  /**
   * Gets a repository, or what a URL leads to.
   *
   * @param place an empty directory
   */
  public Fetched get(ContextSource.Remote remote, Path place)
      throws FetchException, IOException, InterruptedException {
    String address = remote.address();
    if (GitAddress.isContext(address)) {
      return new Fetched(Repositories.checkOut(address, place, false, "", secrets), false);
    }
    Path downloads = Files.createDirectory(place.resolve("download"));
    Path file = Downloads.get(address, downloads, "", secrets);
    try (InputStream in = Files.newInputStream(file)) {
      return unpack(in, address, Files.createDirectory(place.resolve("context")));
    }
  }

  /**
   * Takes what a client sends.
   *
   * @param place an empty directory
   */
  public Fetched get(ContextSource.Sent sent, Path place) throws FetchException, IOException {
    Fetched fetched = unpack(sent.bytes(), "the context that was sent", place);
    // Clients pad archives; what is not read could not be told from a client that has gone.
    sent.bytes().transferTo(OutputStream.nullOutputStream());
    return fetched;
  }

  private Fetched unpack(InputStream bytes, String name, Path folder)
      throws FetchException, IOException {
    InputStream in =
        new BufferedInputStream(Compression.expand(new BufferedInputStream(bytes, BUFFER)), BUFFER);
    in.mark(BUFFER);
    byte[] start = in.readNBytes(Archives.BLOCK);
    in.reset();
    // An archive of nothing is blocks of zeros.
    if (Archives.isHeader(start) || isZero(start)) {
      LayerUnpacker.unpack(calls, in, folder);
      return new Fetched(folder, false);
    }
    byte[] text = in.readNBytes(LONGEST_DOCKERFILE + 1);
    if (text.length > LONGEST_DOCKERFILE) {
      throw new FetchException(name + " is neither a tar archive nor a Dockerfile");
    }
    Files.write(folder.resolve("Dockerfile"), text);
    return new Fetched(folder, true);
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return block.length == Archives.BLOCK;
  }
}
