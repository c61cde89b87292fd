package dev.jcompose.engine.image.oci;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which programs of other machines this one runs: the kernel hands them to an emulator that was
 * registered for their ELF header (Documentation/admin-guide/binfmt-misc.rst). Only those with the
 * flag F count: the others are looked for inside the container, where they are not.
 */
public final class Emulators {
  /** {@code e_machine} of elf(5), and the class and byte order before it. */
  private static final Map<String, String> MACHINES =
      Map.of(
          "0201b700", "arm64",
          "01012800", "arm",
          "0201f300", "riscv64",
          "02011500", "ppc64le",
          "02020016", "s390x",
          "02010201", "loong64",
          "02013e00", "amd64",
          "01010300", "386",
          "02010800", "mips64le");

  private static final Pattern MAGIC = Pattern.compile("(?m)^magic ([0-9a-f]+)$");
  private static final Pattern FLAGS = Pattern.compile("(?m)^flags: ([A-Z]*)$");
  private static final int CLASS = 4;
  private static final int MACHINE = 18;
  private static final int HEADER = 20;

  private final Path registry;

  private Emulators(Path registry) {
    this.registry = registry;
  }

  /** Those of the running kernel, looked at anew each time. */
  public static Emulators ofKernel() {
    return of(Path.of("/proc/sys/fs/binfmt_misc"));
  }

  static Emulators of(Path registry) {
    return new Emulators(registry);
  }

  /** Whether programs for this platform run here: it is this machine's, or has an emulator. */
  public boolean run(Platform platform) {
    return platform.equals(Platform.host())
        || (platform.os().equals("linux") && architectures().contains(platform.architecture()));
  }

  private List<String> architectures() {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(registry)) {
      for (Path entry : entries) {
        found.add(architecture(read(entry)));
      }
    } catch (IOException e) {
      // It is not mounted.
    }
    return found;
  }

  private static String read(Path entry) {
    try {
      return new String(Files.readAllBytes(entry), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      // The file that takes new entries, or an entry that has just been taken away.
      return "";
    }
  }

  /** What an entry of the registry stands for; empty for nothing that matters here. */
  private static String architecture(String entry) {
    Matcher magic = MAGIC.matcher(entry);
    Matcher flags = FLAGS.matcher(entry);
    if (!entry.startsWith("enabled\n")
        || !flags.find()
        || !flags.group(1).contains("F")
        || !magic.find()
        || magic.group(1).length() < 2 * HEADER) {
      return "";
    }
    String header = magic.group(1);
    return MACHINES.getOrDefault(
        header.substring(2 * CLASS, 2 * (CLASS + 2)) + header.substring(2 * MACHINE, 2 * HEADER),
        "");
  }
}
