package dev.jcompose.engine.oci.bundle;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.Namespaces.Namespace;
import dev.jcompose.engine.runtime.Particulars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code linux.namespaces}: what is not listed is the runtime's own. */
final class NamespaceReader {
  private static final Set<String> KNOWN =
      Set.of("pid", "network", "mount", "ipc", "uts", "user", "cgroup", "time");

  private final JsonObject linux;
  private final Map<String, Namespace> listed = new HashMap<>();

  NamespaceReader(JsonObject linux) throws BundleException {
    this.linux = linux;
    List<JsonObject> entries = linux.objects("namespaces");
    for (int i = 0; i < entries.size(); i++) {
      String type = entries.get(i).string("type");
      String path = "linux.namespaces[" + i + "]";
      if (!KNOWN.contains(type)) {
        throw new BundleException("config.json: " + path + ".type \"" + type + "\" is not known");
      }
      if (listed.put(type, namespace(path, type, entries.get(i).string("path"))) != null) {
        throw new BundleException("config.json: " + path + ": \"" + type + "\" is there twice");
      }
    }
    if (!(listed.get("mount") instanceof Namespace.Own)) {
      throw BundleException.unsupported(
          "a container without a mount namespace of its own", "list one without a path");
    }
    if (listed.containsKey("user")
        || !linux.objects("uidMappings").isEmpty()
        || !linux.objects("gidMappings").isEmpty()) {
      throw BundleException.unsupported("a user namespace", "leave it and its mappings out");
    }
  }

  private static Namespace namespace(String at, String type, String path) throws BundleException {
    if (path.isEmpty()) {
      return new Namespace.Own();
    }
    if (!path.startsWith("/") || !Files.exists(Path.of(path))) {
      throw new BundleException(
          "config.json: " + at + ".path " + path + " is not there; give an absolute path");
    }
    if (type.equals("time")) {
      throw BundleException.unsupported(at + ".path of a time namespace", "leave the path out");
    }
    return new Namespace.Join(Path.of(path));
  }

  Namespaces namespaces() {
    return new Namespaces(of("network"), of("pid"), of("ipc"), of("uts"), of("cgroup"));
  }

  private Namespace of(String type) {
    return listed.getOrDefault(type, new Namespace.Host());
  }

  /** Null when the container has the machine's clocks. */
  @Nullable Map<String, Particulars.TimeOffset> timeOffsets() throws BundleException {
    Map<String, Particulars.TimeOffset> offsets = new LinkedHashMap<>();
    for (Map.Entry<String, JsonObject> clock : linux.objectMap("timeOffsets").entrySet()) {
      offsets.put(
          clock.getKey(),
          new Particulars.TimeOffset(
              clock.getValue().number("secs"), clock.getValue().number("nanosecs")));
    }
    if (listed.containsKey("time")) {
      return offsets;
    }
    if (!offsets.isEmpty()) {
      throw new BundleException(
          "config.json: linux.timeOffsets need a namespace of type \"time\" in linux.namespaces");
    }
    return null;
  }
}
