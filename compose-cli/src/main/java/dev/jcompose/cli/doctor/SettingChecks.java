package dev.jcompose.cli.doctor;

import dev.jcompose.cli.session.ForeignSetting;
import dev.jcompose.cli.session.Setting;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings that are made in the environment, and those that look like one and are not. */
final class SettingChecks {
  private static final String OURS = "JCOMPOSE_";

  private SettingChecks() {}

  static Stream<Finding> of(Map<String, String> environment) {
    return Stream.concat(ours(environment), foreign(environment));
  }

  private static Stream<Finding> foreign(Map<String, String> environment) {
    return Arrays.stream(ForeignSetting.values())
        .filter(setting -> setting.isMissed(environment))
        .map(
            setting ->
                Finding.note(
                    "setting", setting.variable() + " has no effect here", setting.reason()));
  }

  private static Stream<Finding> ours(Map<String, String> environment) {
    Set<String> known =
        Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    return new TreeMap<>(environment)
        .entrySet().stream()
            .filter(entry -> known.contains(entry.getKey()) || entry.getKey().startsWith(OURS))
            .filter(entry -> !entry.getValue().isEmpty())
            .map(
                entry ->
                    known.contains(entry.getKey())
                        ? Finding.ok("setting", entry.getKey() + "=" + entry.getValue())
                        : Finding.note(
                            "setting",
                            entry.getKey() + " is none that jcompose reads",
                            "jcompose doctor --settings lists them"));
  }
}
