package dev.jcompose.engine.http.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the API tells about the machine.
 *
 * @param architecture as Go spells it: amd64, arm64
 * @param machine as the kernel spells it: x86_64, aarch64
 * @param memoryBytes all of it
 */
record MachineFacts(
    String hostname,
    String operatingSystem,
    String kernelVersion,
    String architecture,
    String machine,
    int cpus,
    long memoryBytes) {

  static MachineFacts read() {
    String arch = System.getProperty("os.arch");
    boolean x86 = arch.equals("amd64");
    return new MachineFacts(
        firstLine("/proc/sys/kernel/hostname"),
        prettyName(),
        System.getProperty("os.version"),
        x86 ? "amd64" : arch.equals("aarch64") ? "arm64" : arch,
        x86 ? "x86_64" : arch,
        Runtime.getRuntime().availableProcessors(),
        memory());
  }

  private static String prettyName() {
    for (String line : lines("/etc/os-release")) {
      if (line.startsWith("PRETTY_NAME=")) {
        return line.substring("PRETTY_NAME=".length()).replace("\"", "");
      }
    }
    return "Linux";
  }

  private static long memory() {
    for (String line : lines("/proc/meminfo")) {
      if (line.startsWith("MemTotal:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }

  private static String firstLine(String file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of();
    }
  }
}
