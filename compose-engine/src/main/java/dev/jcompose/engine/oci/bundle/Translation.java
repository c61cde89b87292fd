package dev.jcompose.engine.oci.bundle;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.runtime.DeviceNode;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Particulars;
import dev.jcompose.engine.runtime.RootFilesystem;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a bundle into the launch of its container. */
public final class Translation {
  private static final Map<String, Long> PERSONALITIES = Map.of("LINUX", 0L, "LINUX32", 8L);
  private static final Map<String, Integer> IO_CLASSES =
      Map.of("IOPRIO_CLASS_RT", 1, "IOPRIO_CLASS_BE", 2, "IOPRIO_CLASS_IDLE", 3);
  private static final int IO_CLASS_SHIFT = 13;

  private final Bundle bundle;
  private final JsonObject config;
  private final JsonObject linux;

  public Translation(Bundle bundle) {
    this.bundle = bundle;
    this.config = bundle.config();
    this.linux = config.object("linux");
  }

  /**
   * The launch.
   *
   * @param group path of its control group when the bundle names none
   * @param unified whether the machine has control groups of version 2 alone
   * @throws BundleException naming what the bundle asks for and cannot get
   */
  public LaunchSpec launch(
      String id,
      String group,
      boolean unified,
      Stdio stdio,
      Particulars.@Nullable Handover handover)
      throws BundleException {
    try {
      return read(id, group, unified, stdio, handover);
    } catch (JsonException wrong) {
      throw new BundleException("config.json: " + wrong.getMessage(), wrong);
    }
  }

  private LaunchSpec read(
      String id,
      String group,
      boolean unified,
      Stdio stdio,
      Particulars.@Nullable Handover handover)
      throws BundleException {
    refuse();
    NamespaceReader namespaces = new NamespaceReader(linux);
    JsonObject process = config.objectOrNull("process");
    if (process == null) {
      throw new BundleException("config.json: process is missing; say what the container runs");
    }
    Path root = bundle.root();
    String domain = config.string("domainname");
    return new LaunchSpec(
        id,
        new RootFilesystem.Directory(root, config.object("root").flag("readonly")),
        new MountReader(bundle).read(),
        ProcessReader.read(process, root),
        namespaces.namespaces(),
        config.string("hostname"),
        domain.isEmpty() ? null : domain,
        linux.stringMap("sysctl"),
        devices(),
        linux.strings("maskedPaths"),
        linux.strings("readonlyPaths"),
        seccomp(),
        ResourceReader.read(group, linux, unified),
        stdio,
        null,
        new Particulars(
            handover,
            rootPropagation(),
            namespaces.timeOffsets(),
            personality(),
            ioPriority(process),
            null));
  }

  private void refuse() throws BundleException {
    for (String name : List.of("intelRdt", "memoryPolicy", "netDevices")) {
      if (linux.get(name) != null) {
        throw BundleException.unsupported("linux." + name, "leave it out");
      }
    }
    if (!linux.string("mountLabel").isEmpty()) {
      throw BundleException.unsupported("linux.mountLabel", "leave it out, SELinux is off");
    }
  }

  /** Which calls the container, and what is executed in it, may make. */
  public SeccompProfile seccomp() throws BundleException {
    JsonObject seccomp = linux.objectOrNull("seccomp");
    if (seccomp == null) {
      return new SeccompProfile.Unconfined();
    }
    if (!seccomp.string("listenerPath").isEmpty() || !seccomp.strings("flags").isEmpty()) {
      throw BundleException.unsupported(
          "linux.seccomp with a listener or flags", "leave listenerPath and flags out");
    }
    return new SeccompProfile.Custom(Json.print(seccomp));
  }

  private List<DeviceNode> devices() throws BundleException {
    List<DeviceNode> nodes = new ArrayList<>();
    List<JsonObject> entries = linux.objects("devices");
    for (int i = 0; i < entries.size(); i++) {
      JsonObject entry = entries.get(i);
      String type = entry.string("type");
      if (!type.matches("[bcup]") || !entry.string("path").startsWith("/")) {
        throw new BundleException(
            "config.json: linux.devices["
                + i
                + "] needs an absolute path and a type of b, c, u, p");
      }
      Long mode = entry.numberOrNull("fileMode");
      nodes.add(
          new DeviceNode(
              entry.string("path"),
              type.equals("u") ? 'c' : type.charAt(0),
              entry.integer("major"),
              entry.integer("minor"),
              mode == null ? 0666 : mode.intValue() & 07777,
              entry.integer("uid"),
              entry.integer("gid")));
    }
    return nodes;
  }

  private Mount.@Nullable Propagation rootPropagation() throws BundleException {
    String text = linux.string("rootfsPropagation");
    if (text.isEmpty()) {
      return null;
    }
    Mount.Propagation known = MountReader.PROPAGATIONS.get(text);
    if (known == null) {
      throw new BundleException(
          "config.json: linux.rootfsPropagation \"" + text + "\" is not known; use private");
    }
    return known;
  }

  private @Nullable Long personality() throws BundleException {
    JsonObject personality = linux.objectOrNull("personality");
    if (personality == null) {
      return null;
    }
    Long domain = PERSONALITIES.get(personality.string("domain"));
    if (domain == null || !personality.strings("flags").isEmpty()) {
      throw new BundleException(
          "config.json: linux.personality must be LINUX or LINUX32, without flags");
    }
    return domain;
  }

  private static @Nullable Integer ioPriority(JsonObject process) throws BundleException {
    JsonObject priority = process.objectOrNull("ioPriority");
    if (priority == null) {
      return null;
    }
    Integer known = IO_CLASSES.get(priority.string("class"));
    if (known == null) {
      throw new BundleException(
          "config.json: process.ioPriority.class must be IOPRIO_CLASS_RT, _BE or _IDLE");
    }
    return known << IO_CLASS_SHIFT | priority.integer("priority");
  }
}
