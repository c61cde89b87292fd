package dev.jcompose.engine.image.store;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Content that is named by its SHA-256 and never changes. */
public final class BlobStore {
  private final ImagePaths paths;

  BlobStore(ImagePaths paths) {
    this.paths = paths;
  }

  /** Keeps these bytes and tells their name; does nothing when they are there. */
  public synchronized Digest put(byte[] content) {
    Digest digest = Digest.of(content);
    Path target = paths.blob(digest);
    if (!Files.exists(target)) {
      StateFiles.write(target, content);
    }
    return digest;
  }

  /** Begins a blob of any size whose digest shows at its end. */
  public BlobWriter write() throws IOException {
    Path beside = paths.halfWrittenBlob();
    return new BlobWriter(
        paths,
        beside,
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Reads a blob. */
  public InputStream open(Digest digest) throws IOException {
    return Files.newInputStream(paths.blob(digest));
  }

  /** Bytes of a blob. */
  public long size(Digest digest) throws IOException {
    return Files.size(paths.blob(digest));
  }

  /** All bytes of a small blob. */
  public byte[] read(Digest digest) throws IOException {
    return Files.readAllBytes(paths.blob(digest));
  }

  /** Whether the blob is here. */
  public boolean has(Digest digest) {
    return Files.exists(paths.blob(digest));
  }

  /** Where the blob lies, or would lie. */
  public Path path(Digest digest) {
    return paths.blob(digest);
  }

  /** Where the part of a blob lies that has arrived so far; it survives the engine's end. */
  public Path partial(Digest digest) {
    return paths.partialBlob(digest);
  }

  /** Makes a complete partial blob, whose digest the caller has checked, a blob. */
  public void complete(Digest digest) throws IOException {
    Files.move(
        paths.partialBlob(digest),
        paths.blob(digest),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes parts of blobs that nobody went on with for a long time. */
  void forgetPartialsBefore(Instant time) throws IOException {
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(paths.blobs(), "*" + ImagePaths.PARTIAL)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(time)) {
          Files.delete(part);
        }
      }
    }
  }

  /** Deletes a blob that turned out to be damaged. */
  public void discard(Digest digest) throws IOException {
    remove(digest);
  }

  /** All blobs and parts of blobs, as if none of them were needed. */
  List<Leftover> list() throws IOException {
    List<Leftover> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.blobs())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean part = name.endsWith(ImagePaths.PARTIAL);
        String hex = part ? name.substring(0, name.length() - ImagePaths.PARTIAL.length()) : name;
        if (name.endsWith(ImagePaths.HALF_WRITTEN)) {
          continue;
        }
        try {
          all.add(
              new Leftover(
                  part ? Leftover.Kind.PARTIAL_BLOB : Leftover.Kind.BLOB,
                  new Digest(hex),
                  Files.size(file),
                  Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
          // A part has just become a blob.
        }
      }
    }
    return all;
  }

  void remove(Digest digest) throws IOException {
    Files.deleteIfExists(paths.blob(digest));
  }
}
