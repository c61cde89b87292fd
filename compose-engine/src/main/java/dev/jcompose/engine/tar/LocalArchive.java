package dev.jcompose.engine.tar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Packs files of this machine with their modes and times. Links are packed as links. */
public final class LocalArchive {
  private static final int TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int DIRECTORY = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;
  private static final int PERMISSIONS = 07777;
  private static final int PIPE = 256 * 1024;

  private final TarWriter writer;

  private final boolean forImage;
  private final Map<Object, String> firstNames = new HashMap<>();

  private LocalArchive(TarWriter writer, boolean forImage) {
    this.writer = writer;
    this.forImage = forImage;
  }

  /** What writes an archive's members. */
  @FunctionalInterface
  public interface Content {
    void writeTo(LocalArchive archive) throws IOException;
  }

  /**
   * An archive that is packed while it is read, with the owners the files have. When packing fails,
   * so does reading, with the same message.
   */
  public static InputStream stream(Content content) throws IOException {
    return stream(content, false);
  }

  /**
   * The same for a builder of images: everything is owned by root, so that it does not matter who
   * packs, and several names of one file stay that.
   */
  public static InputStream forImage(Content content) throws IOException {
    return stream(content, true);
  }

  private static InputStream stream(Content content, boolean forImage) throws IOException {
    FailingInput in = new FailingInput();
    PipedOutputStream out = new PipedOutputStream(in);
    Thread.ofVirtual()
        .name("pack")
        .start(
            () -> {
              try (OutputStream end = out) {
                // Closing the writer would end the archive as if it were whole.
                TarWriter writer = new TarWriter(end);
                content.writeTo(new LocalArchive(writer, forImage));
                writer.close();
              } catch (IOException e) {
                in.fail(told(e));
              }
            });
    return in;
  }

  /** The message of a problem with a file is only its name. */
  private static IOException told(IOException problem) {
    return switch (problem) {
      case NoSuchFileException missing ->
          new IOException(missing.getFile() + " is not there any more", missing);
      case AccessDeniedException denied ->
          new IOException("access to " + denied.getFile() + " is denied", denied);
      default -> problem;
    };
  }

  /** Adds a file that is in no file system: mode 0644, of 1970, owned by root. */
  public void add(String name, byte[] content) throws IOException {
    writer.write(TarEntry.file(name, 0644, content.length, 0), new ByteArrayInputStream(content));
  }

  /** Adds a file, or a directory with all that is in it, under another name. */
  public void add(Path source, String name) throws IOException {
    if (addAlone(source, name)) {
      try (Stream<Path> children = Files.list(source)) {
        for (Path child : children.sorted().toList()) {
          String childName = child.getFileName().toString();
          add(child, name.equals(".") ? childName : name + "/" + childName);
        }
      }
    }
  }

  /**
   * Adds a file, a link or a directory without what is in it. Sockets and devices are left out.
   *
   * @return whether it is a directory
   */
  public boolean addAlone(Path source, String name) throws IOException {
    Map<String, Object> facts = Files.readAttributes(source, "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = number(facts, "mode");
    switch (mode & TYPE) {
      case DIRECTORY -> writer.write(entry(name + "/", TarEntry.Type.DIRECTORY, facts, 0, ""));
      case LINK ->
          writer.write(
              entry(
                  name,
                  TarEntry.Type.SYMLINK,
                  facts,
                  0,
                  Files.readSymbolicLink(source).toString()));
      case FIFO -> writer.write(entry(name, TarEntry.Type.FIFO, facts, 0, ""));
      case FILE -> {
        String first = firstName(facts, name);
        if (first != null) {
          writer.write(entry(name, TarEntry.Type.HARD_LINK, facts, 0, first));
          return false;
        }
        try (InputStream content = Files.newInputStream(source)) {
          long size = facts.get("size") instanceof Long bytes ? bytes : 0;
          writer.write(entry(name, TarEntry.Type.FILE, facts, size, ""), content);
        }
      }
      default -> {}
    }
    return (mode & TYPE) == DIRECTORY;
  }

  /** The name under which the same file is in the archive; null when it is not yet. */
  private @Nullable String firstName(Map<String, Object> facts, String name) {
    // Elsewhere the names may come to lie on different file systems.
    return forImage && number(facts, "nlink") > 1
        ? firstNames.putIfAbsent(List.of(facts.get("dev"), facts.get("ino")), name)
        : null;
  }

  private TarEntry entry(
      String name, TarEntry.Type type, Map<String, Object> facts, long size, String target) {
    long seconds =
        facts.get("lastModifiedTime") instanceof FileTime time
            ? Math.max(0, time.to(TimeUnit.SECONDS))
            : 0;
    return new TarEntry(
        name,
        type,
        number(facts, "mode") & PERMISSIONS,
        forImage ? 0 : number(facts, "uid"),
        forImage ? 0 : number(facts, "gid"),
        size,
        seconds,
        target,
        0,
        0,
        Map.of());
  }

  private static int number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Integer number ? number : 0;
  }

  /** A pipe whose reader learns why the writer stopped. */
  private static final class FailingInput extends PipedInputStream {
    private volatile @Nullable IOException failure;

    FailingInput() {
      super(PIPE);
    }

    void fail(IOException problem) {
      failure = problem;
    }

    @Override
    public synchronized int read() throws IOException {
      int value = super.read();
      check(value);
      return value;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      check(count);
      return count;
    }

    private void check(int result) throws IOException {
      IOException problem = failure;
      if (result < 0 && problem != null) {
        throw problem;
      }
    }
  }
}
