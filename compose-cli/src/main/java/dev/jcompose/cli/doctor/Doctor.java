package dev.jcompose.cli.doctor;

import dev.jcompose.cli.engine.EnginePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at everything. */
public final class Doctor {
  private Doctor() {}

  /** All findings, in the order in which one would mend them. */
  public static List<Finding> look(Host host, EnginePlace place, Map<String, String> environment) {
    List<Finding> all = new ArrayList<>(machine(host));
    all.addAll(PlaceChecks.of(place));
    SettingChecks.of(environment).forEach(all::add);
    return all;
  }

  static List<Finding> machine(Host host) {
    List<Finding> all = new ArrayList<>(KernelChecks.of(host));
    all.addAll(CgroupChecks.of(host));
    all.addAll(NetworkChecks.of(host));
    SysctlChecks.of(host).forEach(all::add);
    return all;
  }
}
