package dev.jcompose.engine.image.host;

import dev.jcompose.engine.image.host.HostTree.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code jcompose/base}: a shell and the usual small tools, as far as this machine
 * has them, and the few files below {@code /etc} that they expect. Where there is a BusyBox, it
 * answers to the names nothing else here answers to.
 */
final class BaseTree {
  /** One without the other makes an image nobody can use. */
  static final List<String> INDISPENSABLE = List.of("sh", "cat", "ls", "sleep");

  /** By package, as Debian groups them; {@code sh} and what belongs to every system first. */
  private static final List<String> PROGRAMS =
      words(
          """
          sh bash dash busybox
          arch base32 base64 basename cat chgrp chmod chown chroot cksum comm cp csplit cut date dd df
          dir dirname du echo env expand expr factor false fmt fold groups head hostid id install join
          link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste
          pathchk printenv printf pwd readlink realpath rm rmdir seq sha1sum sha224sum sha256sum
          sha384sum sha512sum shred shuf sleep sort split stat stty sum sync tac tail tee test timeout
          touch tr true truncate tsort tty uname unexpand uniq unlink uptime users vdir wc who whoami
          yes [
          grep egrep fgrep sed awk mawk gawk find xargs cmp diff which getopt tar gzip gunzip zcat
          xz bzip2
          ps pgrep pkill pidof kill top free watch vmstat sysctl
          hostname ip ss ping nc curl wget nslookup getent iconv
          flock setsid setpriv more less mount umount mountpoint findmnt lsblk dmesg unshare nsenter
          clear tput
          """);

  /**
   * Small libraries that the C library loads by name: name service modules, thread cancellation.
   */
  private static final List<String> LOADED_BY_NAME =
      List.of("libnss_files.so.2", "libnss_dns.so.2", "libgcc_s.so.1");

  private static final List<String> FILES =
      List.of(
          "/etc/services",
          "/etc/protocols",
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/cert.pem",
          "/etc/ssl/openssl.cnf",
          "/usr/lib/locale/C.utf8",
          "/usr/lib/locale/C.UTF-8");

  private static final List<String> TERMINALS =
      List.of(
          "ansi",
          "dumb",
          "linux",
          "screen",
          "screen-256color",
          "tmux",
          "tmux-256color",
          "vt100",
          "xterm",
          "xterm-256color");

  private final HostTree tree = new HostTree(null);
  private final ProgramFinder programs;
  private final LibrarySearch libraries;
  private final HostCollector collector;

  private BaseTree(ProgramFinder programs, LibrarySearch libraries) {
    this.programs = programs;
    this.libraries = libraries;
    this.collector = new HostCollector(tree, libraries, programs);
  }

  static HostTree collect(ProgramFinder programs, LibrarySearch libraries) throws IOException {
    BaseTree base = new BaseTree(programs, libraries);
    base.skeleton();
    base.programs();
    base.configuration();
    return base.tree;
  }

  private void skeleton() throws IOException {
    for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64")) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        tree.put(path, new Node.Link(Files.readSymbolicLink(path).toString()));
        collector.addFile(path);
      } else if (Files.isDirectory(path)) {
        tree.put(path, new Node.Directory(0755));
      }
    }
    for (String name :
        words(
            "dev proc sys run run/lock mnt opt srv home etc usr usr/local usr/local/bin var"
                + " var/lib var/log var/cache var/spool")) {
      tree.put(Path.of("/", name), new Node.Directory(0755));
    }
    tree.put(Path.of("/root"), new Node.Directory(0700));
    tree.put(Path.of("/tmp"), new Node.Directory(01777));
    tree.put(Path.of("/var/tmp"), new Node.Directory(01777));
    tree.put(Path.of("/var/run"), new Node.Link("/run"));
    tree.put(Path.of("/var/lock"), new Node.Link("/run/lock"));
  }

  private void programs() throws IOException {
    int machine = 0;
    for (String name : PROGRAMS) {
      Path program = programs.find(name);
      if (program != null) {
        collector.addProgram(program);
        machine = machine == 0 ? machineOf(program) : machine;
      }
    }
    Path busyBox = programs.find("busybox");
    if (busyBox != null) {
      for (String applet : applets(busyBox)) {
        if (programs.find(applet) == null) {
          tree.put(Path.of("/usr/bin", applet), new Node.Link(busyBox.toString()));
        }
      }
    }
    for (String name : LOADED_BY_NAME) {
      Path library = libraries.named(name, machine);
      if (library != null) {
        collector.addProgram(library);
      }
    }
  }

  private int machineOf(Path program) throws IOException {
    ElfFile elf = libraries.elf(program.toRealPath());
    return elf == null ? 0 : elf.machine();
  }

  private static List<String> applets(Path busyBox) throws IOException {
    Process process =
        new ProcessBuilder(busyBox.toString(), "--list")
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(name -> name.matches("[a-z0-9][a-z0-9._-]*"))
          .sorted()
          .toList();
    }
  }

  private void configuration() throws IOException {
    text(
        "passwd",
        """
        root:x:0:0:root:/root:/bin/sh
        daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
        bin:x:2:2:bin:/bin:/usr/sbin/nologin
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
        """);
    text(
        "group",
        """
        root:x:0:
        daemon:x:1:
        bin:x:2:
        tty:x:5:
        users:x:100:
        nogroup:x:65534:
        """);
    text(
        "nsswitch.conf",
        """
        passwd: files
        group: files
        shadow: files
        hosts: files dns
        networks: files
        services: files
        protocols: files
        """);
    text("os-release", osRelease());
    for (String file : FILES) {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        collector.addDirectory(path);
      } else if (Files.exists(path)) {
        collector.addFile(path);
      }
    }
    for (String terminal : TERMINALS) {
      for (String directory : List.of("/lib/terminfo", "/usr/share/terminfo")) {
        collector.addFile(Path.of(directory, terminal.substring(0, 1), terminal));
      }
    }
    if (needsLoaderCache()) {
      collector.addFile(LoaderCache.FILE);
    }
  }

  /** The linker looks in few directories by itself; others it knows from its cache alone. */
  private boolean needsLoaderCache() {
    return tree.nodes().keySet().stream()
        .filter(path -> path.getFileName().toString().contains(".so"))
        .map(Path::getParent)
        .anyMatch(directory -> !LibrarySearch.isFoundWithoutCache(directory));
  }

  private void text(String name, String content) {
    tree.put(Path.of("/etc", name), new Node.Text(content, 0644));
  }

  private static String osRelease() throws IOException {
    Properties host = new Properties();
    for (String file : List.of("/etc/os-release", "/usr/lib/os-release")) {
      if (host.isEmpty() && Files.isReadable(Path.of(file))) {
        try (var reader = Files.newBufferedReader(Path.of(file))) {
          host.load(reader);
        }
      }
    }
    String id = unquoted(host.getProperty("ID"));
    String name = unquoted(host.getProperty("PRETTY_NAME"));
    return """
        ID=jcompose
        NAME="jcompose base"
        PRETTY_NAME="jcompose base: programs of %s"
        ID_LIKE="%s"
        """
        .formatted(name.isEmpty() ? "this machine" : name, id);
  }

  private static String unquoted(@Nullable String value) {
    return value == null ? "" : value.replace("\"", "");
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }
}
