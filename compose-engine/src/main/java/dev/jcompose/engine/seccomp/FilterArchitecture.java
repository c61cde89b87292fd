package dev.jcompose.engine.seccomp;

import dev.jcompose.engine.linux.Architecture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways a program can make system calls, each with its own numbers. */
enum FilterArchitecture {
  X86_64("SCMP_ARCH_X86_64", "amd64", 0xc000003e, "x86_64"),
  I386("SCMP_ARCH_X86", "x86", 0x40000003, "i386"),
  /** Shares its audit number with x86-64; bit 30 of the call number tells them apart. */
  X32("SCMP_ARCH_X32", "x32", 0xc000003e, "x32"),
  AARCH64("SCMP_ARCH_AARCH64", "arm64", 0xc00000b7, "aarch64"),
  ARM("SCMP_ARCH_ARM", "arm", 0x40000028, "arm");

  private final String profileName;
  private final String shortName;
  private final int auditNumber;
  private final String table;

  FilterArchitecture(String profileName, String shortName, int auditNumber, String table) {
    this.profileName = profileName;
    this.shortName = shortName;
    this.auditNumber = auditNumber;
    this.table = table;
  }

  /** The processor's own way first, then those it also understands. */
  static List<FilterArchitecture> of(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> List.of(X86_64, I386, X32);
      case AARCH64 -> List.of(AARCH64, ARM);
    };
  }

  /** As {@code architectures} and {@code archMap} of a profile write it. */
  String profileName() {
    return profileName;
  }

  /** As {@code arches} of a group writes it. */
  String shortName() {
    return shortName;
  }

  /** AUDIT_ARCH number in struct seccomp_data. */
  int auditNumber() {
    return auditNumber;
  }

  /** Names and numbers of its calls. */
  Map<String, Integer> calls() {
    Map<String, Integer> calls = new LinkedHashMap<>();
    String name = "syscalls-" + table + ".txt";
    try (InputStream in = FilterArchitecture.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the engine's jar");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int blank = line.indexOf(' ');
        calls.put(line.substring(0, blank), Integer.valueOf(line.substring(blank + 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }
}
