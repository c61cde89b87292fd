package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.runtime.DeviceNode;
import dev.jcompose.engine.runtime.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a described device changes in a container ({@code containerEdits}).
 *
 * @param environment entries {@code NAME=value}
 * @param groups further groups of the process
 */
public record CdiEdits(
    List<String> environment,
    List<DeviceNode> nodes,
    List<DeviceRule> rules,
    List<Mount> mounts,
    List<String> groups) {
  /** Nothing. */
  public static final CdiEdits NONE =
      new CdiEdits(List.of(), List.of(), List.of(), List.of(), List.of());

  public CdiEdits {
    environment = List.copyOf(environment);
    nodes = List.copyOf(nodes);
    rules = List.copyOf(rules);
    mounts = List.copyOf(mounts);
    groups = List.copyOf(groups);
  }

  /** Both, these first. */
  CdiEdits and(CdiEdits more) {
    return new CdiEdits(
        joined(environment, more.environment),
        joined(nodes, more.nodes),
        joined(rules, more.rules),
        joined(mounts, more.mounts),
        joined(groups, more.groups));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /**
   * Reads the edits of a device.
   *
   * @throws EngineException.InvalidRequest when they need something that is not done here
   */
  static CdiEdits of(String device, JsonObject edits) {
    if (!edits.objects("hooks").isEmpty() || edits.get("intelRdt") != null) {
      throw new EngineException.InvalidRequest(
          "device "
              + device
              + " needs hooks or intelRdt, which are not done; map its device files"
              + " under devices instead");
    }
    List<DeviceNode> nodes = new ArrayList<>();
    List<DeviceRule> rules = new ArrayList<>();
    for (JsonObject node : edits.objects("deviceNodes")) {
      String host = node.string("hostPath");
      DeviceFile file = DeviceFile.of(Path.of(host.isEmpty() ? node.string("path") : host));
      Long mode = node.numberOrNull("fileMode");
      Long uid = node.numberOrNull("uid");
      Long gid = node.numberOrNull("gid");
      nodes.add(
          new DeviceNode(
              node.string("path"),
              file.type(),
              file.major(),
              file.minor(),
              mode == null ? file.mode() : mode.intValue() & 07777,
              uid == null ? file.uid() : uid.intValue(),
              gid == null ? file.gid() : gid.intValue()));
      String access = node.string("permissions");
      rules.add(
          new DeviceRule(
              true, file.type(), file.major(), file.minor(), access.isEmpty() ? "rwm" : access));
    }
    return new CdiEdits(
        edits.strings("env"),
        nodes,
        rules,
        edits.objects("mounts").stream().map(CdiEdits::mount).toList(),
        groups(edits));
  }

  private static Mount mount(JsonObject mount) {
    return Mount.Bind.of(
        Path.of(mount.string("hostPath")),
        mount.string("containerPath"),
        mount.strings("options").contains("ro"));
  }

  private static List<String> groups(JsonObject edits) {
    return edits.get("additionalGids") instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }
}
