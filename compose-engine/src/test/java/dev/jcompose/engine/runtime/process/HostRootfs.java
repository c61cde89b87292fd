package dev.jcompose.engine.runtime.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A root file system made of the host's shell and small tools with the libraries they name. */
final class HostRootfs {
  private static final List<String> PROGRAMS =
      List.of(
          "sh",
          "cat",
          "ls",
          "id",
          "grep",
          "sleep",
          "mount",
          "umount",
          "unshare",
          "readlink",
          "stat",
          "hostname",
          "touch",
          "mkdir",
          "env",
          "echo",
          "dd",
          "rm",
          "chmod",
          "head",
          "stty",
          "tty",
          "test",
          "ps",
          "true",
          "mknod",
          "wc",
          "perl",
          "python3",
          "setsid",
          "kill",
          "ip");
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private HostRootfs() {}

  static Path make(Path directory) throws IOException, InterruptedException {
    Set<String> files = new TreeSet<>();
    for (String program : PROGRAMS) {
      for (String bin : List.of("/bin/", "/usr/bin/", "/sbin/")) {
        Path path = Path.of(bin + program);
        if (Files.isExecutable(path)) {
          Path target = directory.resolve("bin").resolve(program);
          copy(path.toRealPath(), target);
          files.addAll(libraries(path.toRealPath()));
          break;
        }
      }
    }
    for (String file : files) {
      copy(Path.of(file).toRealPath(), directory.resolve(file.substring(1)));
    }
    for (String name : List.of("etc", "tmp", "proc", "sys", "dev", "root", "usr/bin")) {
      Files.createDirectories(directory.resolve(name));
    }
    Files.writeString(
        directory.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nana:x:1000:100::/home/ana:\n");
    Files.writeString(
        directory.resolve("etc/group"), "root:x:0:\nusers:x:100:\nplugdev:x:46:ana\n");
    Files.setPosixFilePermissions(
        directory.resolve("tmp"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    return directory;
  }

  private static Set<String> libraries(Path program) throws IOException, InterruptedException {
    Process ldd = new ProcessBuilder("ldd", program.toString()).redirectErrorStream(true).start();
    String text =
        new String(ldd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    ldd.waitFor();
    Set<String> found = new TreeSet<>();
    Matcher matcher = LIBRARY.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try {
      Files.copy(from, to);
    } catch (FileAlreadyExistsException there) {
      return;
    }
  }
}
