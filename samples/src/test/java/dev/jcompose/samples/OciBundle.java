package dev.jcompose.samples;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A bundle whose root file system shows the programs of this machine, and whose {@code /out} is a
 * directory that the test can read.
 */
record OciBundle(Path directory) {
  static OciBundle make(Path directory, String script) throws IOException {
    return make(directory, script, config -> {});
  }

  /** Makes a bundle that runs a shell script. */
  static OciBundle make(Path directory, String script, Consumer<Map<String, Object>> change)
      throws IOException {
    Path root = Files.createDirectories(directory.resolve("rootfs"));
    for (String name : List.of("proc", "sys", "dev", "usr", "out", "tmp", "etc", "root")) {
      Files.createDirectories(root.resolve(name));
    }
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
    }
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
    Files.createDirectories(directory.resolve("out"));
    Map<String, Object> config = config(script);
    change.accept(config);
    Files.write(directory.resolve("config.json"), Json.bytes(config));
    return new OciBundle(directory);
  }

  /** What the container wrote into a file below {@code /out}. */
  String out(String name) throws IOException {
    return Files.readString(directory.resolve("out").resolve(name));
  }

  private static Map<String, Object> config(String script) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("ociVersion", "1.0.2");
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("args", List.of("/bin/sh", "-c", script));
    process.put("env", List.of("PATH=/usr/bin:/usr/sbin"));
    process.put("cwd", "/");
    process.put("user", Map.of("uid", 0L, "gid", 0L));
    process.put("capabilities", capabilities("CAP_KILL", "CAP_CHOWN", "CAP_NET_BIND_SERVICE"));
    config.put("process", process);
    config.put("root", Map.of("path", "rootfs"));
    config.put("hostname", "bundle");
    config.put("annotations", Map.of("org.example.note", "kept"));
    config.put("mounts", new ArrayList<>(mounts()));
    Map<String, Object> linux = new LinkedHashMap<>();
    linux.put(
        "namespaces",
        new ArrayList<Object>(
            List.of(
                Map.of("type", "pid"),
                Map.of("type", "ipc"),
                Map.of("type", "uts"),
                Map.of("type", "mount"),
                Map.of("type", "network"))));
    linux.put("maskedPaths", List.of("/proc/keys", "/sys/firmware"));
    linux.put("readonlyPaths", List.of("/proc/sys"));
    linux.put("resources", Map.of("devices", List.of(Map.of("allow", false, "access", "rwm"))));
    config.put("linux", linux);
    return config;
  }

  static Map<String, Object> capabilities(String... names) {
    Map<String, Object> sets = new LinkedHashMap<>();
    for (String set : List.of("bounding", "effective", "permitted")) {
      sets.put(set, List.of(names));
    }
    return sets;
  }

  private static List<Object> mounts() {
    return List.of(
        mount("/proc", "proc", "proc"),
        mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        mount(
            "/dev/pts",
            "devpts",
            "devpts",
            "nosuid",
            "noexec",
            "newinstance",
            "ptmxmode=0666",
            "mode=0620",
            "gid=5"),
        mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=64k"),
        mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"),
        mount("/usr", "bind", "/usr", "rbind", "ro", "nosuid"),
        mount("/out", "bind", "out", "bind", "rw"));
  }

  static Map<String, Object> mount(String target, String type, String source, String... options) {
    return Map.of(
        "destination", target, "type", type, "source", source, "options", List.of(options));
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> member(Map<String, Object> object, String name) {
    return (Map<String, Object>) Objects.requireNonNull(object.get(name));
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Map<String, Object> object, String name) {
    return (List<Object>) Objects.requireNonNull(object.get(name));
  }

  static JsonObject json(String text) {
    return Json.object(text);
  }
}
