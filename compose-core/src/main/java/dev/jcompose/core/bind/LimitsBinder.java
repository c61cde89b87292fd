package dev.jcompose.core.bind;

import dev.jcompose.core.normalize.PathResolution;
import dev.jcompose.core.project.limit.Blkio;
import dev.jcompose.core.project.limit.DeviceRequest;
import dev.jcompose.core.project.limit.Isolation;
import dev.jcompose.core.project.limit.Limits;
import dev.jcompose.core.project.limit.Ulimit;
import dev.jcompose.core.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the records of what a service may use and what it may not. */
final class LimitsBinder {
  private LimitsBinder() {}

  static Limits limits(Fields fields, Fields deploy) {
    Fields most = deploy.below("resources").below("limits");
    Fields least = deploy.below("resources").below("reservations");
    return new Limits(
        either(fields.number("cpus"), most.number("cpus")),
        fields.whole("cpu_shares"),
        fields.whole("cpu_period"),
        fields.whole("cpu_quota"),
        fields.whole("cpu_rt_period"),
        fields.whole("cpu_rt_runtime"),
        fields.text("cpuset"),
        fields.whole("cpu_count"),
        fields.number("cpu_percent"),
        either(fields.bytes("mem_limit"), most.bytes("memory")),
        either(fields.bytes("mem_reservation"), least.bytes("memory")),
        fields.bytes("memswap_limit"),
        fields.bytes("mem_swappiness"),
        either(fields.whole("pids_limit"), most.whole("pids")),
        fields.flag("oom_kill_disable"),
        fields.integer("oom_score_adj"),
        ulimits(fields),
        blkio(fields),
        requests(fields, least));
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first != null ? first : second;
  }

  static Map<String, Ulimit> ulimits(Fields owner) {
    Fields fields = owner.below("ulimits");
    Map<String, Ulimit> ulimits = new LinkedHashMap<>();
    for (String name : fields.keys()) {
      if (fields.node(name) instanceof YamlScalar) {
        Long both = fields.whole(name);
        ulimits.put(name, new Ulimit(both == null ? 0 : both, both == null ? 0 : both));
      } else {
        Fields one = fields.below(name);
        Long soft = one.whole("soft");
        Long hard = one.whole("hard");
        ulimits.put(name, new Ulimit(soft == null ? 0 : soft, hard == null ? 0 : hard));
      }
    }
    return ulimits;
  }

  private static @Nullable Blkio blkio(Fields service) {
    if (!service.has("blkio_config")) {
      return null;
    }
    Fields fields = service.below("blkio_config");
    return new Blkio(
        fields.integer("weight"),
        rates(fields, "weight_device", "weight"),
        rates(fields, "device_read_bps", "rate"),
        rates(fields, "device_read_iops", "rate"),
        rates(fields, "device_write_bps", "rate"),
        rates(fields, "device_write_iops", "rate"));
  }

  private static List<Blkio.Rate> rates(Fields fields, String key, String number) {
    List<Blkio.Rate> rates = new ArrayList<>();
    for (Fields item : fields.items(key)) {
      Long rate = number.equals("rate") ? item.bytes(number) : item.whole(number);
      rates.add(new Blkio.Rate(item.text("path", ""), rate == null ? 0 : rate));
    }
    return rates;
  }

  private static List<DeviceRequest> requests(Fields fields, Fields reservations) {
    List<DeviceRequest> requests = new ArrayList<>();
    for (Fields item : reservations.items("devices")) {
      requests.add(request(item, item.texts("capabilities")));
    }
    for (Fields item : fields.items("gpus")) {
      List<String> capabilities = new ArrayList<>(item.texts("capabilities"));
      if (!capabilities.contains("gpu")) {
        capabilities.add("gpu");
      }
      requests.add(request(item, capabilities));
    }
    return requests;
  }

  private static DeviceRequest request(Fields item, List<String> capabilities) {
    Long count = item.whole("count");
    return new DeviceRequest(
        item.text("driver"),
        count == null ? 0 : count,
        item.texts("device_ids"),
        capabilities,
        item.strings("options"));
  }

  static Isolation isolation(Fields fields, Path base) {
    return new Isolation(
        fields.flag("privileged"),
        fields.texts("cap_add"),
        fields.texts("cap_drop"),
        securityOptions(fields.texts("security_opt"), base),
        fields.text("cgroup"),
        fields.text("cgroup_parent"),
        NetworkingBinder.sharing(fields, "ipc"),
        NetworkingBinder.sharing(fields, "pid"),
        NetworkingBinder.sharing(fields, "uts"),
        NetworkingBinder.sharing(fields, "userns_mode"),
        fields.text("isolation"),
        fields.text("runtime"),
        fields.strings("sysctls"),
        fields.texts("device_cgroup_rules"),
        fields.strings("credential_spec"),
        fields.flag("use_api_socket"));
  }

  /** A seccomp profile is a file relative to the project. */
  private static List<String> securityOptions(List<String> options, Path base) {
    List<String> resolved = new ArrayList<>(options.size());
    for (String option : options) {
      boolean seccomp = option.startsWith("seccomp=") || option.startsWith("seccomp:");
      String profile = seccomp ? option.substring("seccomp=".length()) : "";
      boolean file =
          seccomp
              && !profile.equals("unconfined")
              && !profile.equals("builtin")
              && !profile.startsWith("{");
      resolved.add(file ? "seccomp=" + new PathResolution(base, null).absolute(profile) : option);
    }
    return resolved;
  }
}
