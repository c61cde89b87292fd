package dev.jcompose.engine.oci.bundle;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.cgroup.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code linux.resources} and {@code linux.cgroupsPath}. */
public final class ResourceReader {
  private ResourceReader() {}

  /**
   * The control group of a container.
   *
   * @param group its path when the bundle names none
   * @param unified whether the machine has control groups of version 2 alone
   */
  public static CgroupSpec read(String group, JsonObject linux, boolean unified)
      throws BundleException {
    String path = linux.string("cgroupsPath");
    if (path.contains(":")) {
      throw BundleException.unsupported(
          "linux.cgroupsPath \"" + path + "\" in systemd's form", "give a path");
    }
    JsonObject resources = linux.object("resources");
    return new CgroupSpec(
        path.isEmpty() ? group : path.startsWith("/") ? path : "/" + path,
        limits(resources),
        devices(resources.objects("devices")),
        files(resources, unified));
  }

  private static Limits limits(JsonObject resources) throws BundleException {
    JsonObject memory = resources.object("memory");
    JsonObject cpu = resources.object("cpu");
    JsonObject blockIo = resources.object("blockIO");
    for (String name : List.of("realtimeRuntime", "realtimePeriod")) {
      Long value = cpu.numberOrNull(name);
      if (value != null && value != 0) {
        throw BundleException.unsupported("linux.resources.cpu." + name, "use shares or quota");
      }
    }
    Long swappiness = memory.numberOrNull("swappiness");
    Long weight = blockIo.numberOrNull("weight");
    return new Limits(
        nonZero(memory, "limit"),
        nonZero(memory, "swap"),
        nonZero(memory, "reservation"),
        swappiness == null ? null : (Integer) swappiness.intValue(),
        memory.flag("disableOOMKiller"),
        nonZero(cpu, "shares"),
        nonZero(cpu, "quota"),
        nonZero(cpu, "period"),
        text(cpu.string("cpus")),
        text(cpu.string("mems")),
        nonZero(resources.object("pids"), "limit"),
        weight == null || weight == 0 ? null : (Integer) weight.intValue(),
        throttles(blockIo));
  }

  private static List<Limits.Throttle> throttles(JsonObject blockIo) {
    List<Limits.Throttle> all = new ArrayList<>();
    add(all, blockIo, "weightDevice", "weight", Limits.Throttle.Kind.WEIGHT);
    add(all, blockIo, "throttleReadBpsDevice", "rate", Limits.Throttle.Kind.READ_BYTES);
    add(all, blockIo, "throttleWriteBpsDevice", "rate", Limits.Throttle.Kind.WRITE_BYTES);
    add(all, blockIo, "throttleReadIOPSDevice", "rate", Limits.Throttle.Kind.READ_OPERATIONS);
    add(all, blockIo, "throttleWriteIOPSDevice", "rate", Limits.Throttle.Kind.WRITE_OPERATIONS);
    return all;
  }

  private static void add(
      List<Limits.Throttle> all,
      JsonObject blockIo,
      String name,
      String figure,
      Limits.Throttle.Kind kind) {
    for (JsonObject entry : blockIo.objects(name)) {
      all.add(
          new Limits.Throttle(
              kind, entry.integer("major"), entry.integer("minor"), entry.number(figure)));
    }
  }

  /** As runc: what the bundle says, and what every container may use in any case. */
  private static List<DeviceRule> devices(List<JsonObject> entries) throws BundleException {
    List<DeviceRule> rules = new ArrayList<>();
    rules.add(DeviceRule.DENY_ALL);
    for (JsonObject entry : entries) {
      String type = entry.string("type");
      String access = entry.string("access");
      try {
        rules.add(
            new DeviceRule(
                entry.flag("allow"),
                type.isEmpty() ? 'a' : type.charAt(0),
                number(entry, "major"),
                number(entry, "minor"),
                access.isEmpty() ? "rwm" : access));
      } catch (IllegalArgumentException e) {
        throw new BundleException("config.json: linux.resources.devices: " + e.getMessage(), e);
      }
    }
    rules.addAll(DeviceRule.standard().stream().skip(1).toList());
    return rules;
  }

  private static Map<String, String> files(JsonObject resources, boolean unified)
      throws BundleException {
    Map<String, String> files = new LinkedHashMap<>();
    for (JsonObject page : resources.objects("hugepageLimits")) {
      String file = "hugetlb." + page.string("pageSize") + (unified ? ".max" : ".limit_in_bytes");
      files.put(file, Long.toString(page.number("limit")));
    }
    Long classId = resources.object("network").numberOrNull("classID");
    if (classId != null) {
      files.put("net_cls.classid", classId.toString());
    }
    for (JsonObject priority : resources.object("network").objects("priorities")) {
      files.put("net_prio.ifpriomap", priority.string("name") + " " + priority.number("priority"));
    }
    if (resources.get("rdma") != null) {
      throw BundleException.unsupported("linux.resources.rdma", "leave it out");
    }
    Map<String, String> more = resources.stringMap("unified");
    if (!more.isEmpty() && !unified) {
      throw BundleException.unsupported(
          "linux.resources.unified", "this machine has control groups of version 1");
    }
    files.putAll(more);
    return files;
  }

  private static @Nullable Integer number(JsonObject object, String name) {
    Long number = object.numberOrNull(name);
    return number == null || number < 0 ? null : (Integer) number.intValue();
  }

  private static @Nullable Long nonZero(JsonObject object, String name) {
    Long number = object.numberOrNull(name);
    return number == null || number == 0 ? null : number;
  }

  private static @Nullable String text(String value) {
    return value.isEmpty() ? null : value;
  }
}
