package dev.jcompose.engine.seccomp;

import dev.jcompose.engine.api.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a profile in Docker's JSON form and keeps what applies to one machine and one set of
 * capabilities.
 */
final class ProfileReader {
  private static final int RETURN_ERRNO = 0x00050000;
  private static final int EPERM = 1;

  private final JsonObject profile;
  private final FilterArchitecture machine;
  private final java.util.function.Predicate<String> hasCapability;
  private final String kernelRelease;

  /**
   * @param hasCapability asked with names such as {@code CAP_SYS_ADMIN}
   * @param kernelRelease such as {@code 6.1.0-13-amd64}
   */
  ProfileReader(
      JsonObject profile,
      FilterArchitecture machine,
      java.util.function.Predicate<String> hasCapability,
      String kernelRelease) {
    this.profile = profile;
    this.machine = machine;
    this.hasCapability = hasCapability;
    this.kernelRelease = kernelRelease;
  }

  /** The answer to a call no group names. */
  int otherwise() {
    return answer(profile.string("defaultAction"), profile, "defaultErrnoRet");
  }

  /** Which ways of making calls the profile covers; the others are answered with the default. */
  List<String> architectures() {
    List<String> names = new ArrayList<>(profile.strings("architectures"));
    for (JsonObject entry : profile.objects("archMap")) {
      if (entry.string("architecture").equals(machine.profileName())) {
        names.add(machine.profileName());
        names.addAll(entry.strings("subArchitectures"));
      }
    }
    return names;
  }

  /** The same profile in the form of the runtime-spec, with only what applies. */
  JsonObject resolved() {
    List<JsonObject> groups = new ArrayList<>();
    for (JsonObject group : profile.objects("syscalls")) {
      if (applies(group)) {
        groups.add(
            JsonObject.builder()
                .put("names", group.strings("names"))
                .put("action", group.string("action"))
                .putUnlessNull("errnoRet", group.numberOrNull("errnoRet"))
                .putUnlessEmpty("args", group.objects("args"))
                .build());
      }
    }
    return JsonObject.builder()
        .put("defaultAction", profile.string("defaultAction"))
        .putUnlessNull("defaultErrnoRet", profile.numberOrNull("defaultErrnoRet"))
        .put("architectures", architectures())
        .put("syscalls", groups)
        .build();
  }

  /** Name of a call to what is said about it. */
  Map<String, Verdict> verdicts() {
    int otherwise = otherwise();
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (JsonObject group : profile.objects("syscalls")) {
      if (!applies(group)) {
        continue;
      }
      int answer = answer(group.string("action"), group, "errnoRet");
      List<Condition> conditions =
          group.objects("args").stream().map(ProfileReader::condition).toList();
      for (String name : group.strings("names")) {
        verdicts.merge(
            name,
            conditions.isEmpty()
                ? new Verdict(List.of(), answer)
                : new Verdict(List.of(new Verdict.Rule(conditions, answer)), otherwise),
            ProfileReader::both);
      }
    }
    return verdicts;
  }

  /** An answer without conditions holds whatever else is said about the call. */
  private static Verdict both(Verdict first, Verdict second) {
    if (first.rules().isEmpty()) {
      return first;
    }
    if (second.rules().isEmpty()) {
      return second;
    }
    List<Verdict.Rule> rules = new ArrayList<>(first.rules());
    rules.addAll(second.rules());
    return new Verdict(rules, first.otherwise());
  }

  private boolean applies(JsonObject group) {
    JsonObject includes = group.object("includes");
    JsonObject excludes = group.object("excludes");
    List<String> arches = includes.strings("arches");
    if (!arches.isEmpty() && !arches.contains(machine.shortName())) {
      return false;
    }
    List<String> capabilities = includes.strings("caps");
    if (!capabilities.isEmpty() && !capabilities.stream().allMatch(hasCapability)) {
      return false;
    }
    String oldest = includes.stringOrNull("minKernel");
    if (oldest != null && compareReleases(kernelRelease, oldest) < 0) {
      return false;
    }
    return !excludes.strings("arches").contains(machine.shortName())
        && excludes.strings("caps").stream().noneMatch(hasCapability);
  }

  static int compareReleases(String left, String right) {
    int major = Integer.compare(part(left, 0), part(right, 0));
    return major != 0 ? major : Integer.compare(part(left, 1), part(right, 1));
  }

  private static int part(String release, int index) {
    String[] parts = release.split("[^0-9]+", -1);
    return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : 0;
  }

  private static int answer(String action, JsonObject from, String errnoField) {
    Long errno = from.numberOrNull(errnoField);
    int data = errno == null ? EPERM : errno.intValue() & 0xffff;
    return switch (action) {
      case "SCMP_ACT_ALLOW" -> 0x7fff0000;
      case "SCMP_ACT_ERRNO" -> RETURN_ERRNO | data;
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> 0;
      case "SCMP_ACT_KILL_PROCESS" -> 0x80000000;
      case "SCMP_ACT_TRAP" -> 0x00030000;
      case "SCMP_ACT_TRACE" -> 0x7ff00000 | data;
      case "SCMP_ACT_LOG" -> 0x7ffc0000;
      default ->
          throw new IllegalArgumentException(
              "the seccomp profile has the action \""
                  + action
                  + "\", which the engine cannot carry out; use SCMP_ACT_ALLOW, SCMP_ACT_ERRNO,"
                  + " SCMP_ACT_LOG, SCMP_ACT_TRAP or SCMP_ACT_KILL");
    };
  }

  private static Condition condition(JsonObject argument) {
    String operator = argument.string("op").toUpperCase(Locale.ROOT);
    if (!operator.startsWith("SCMP_CMP_")) {
      throw new IllegalArgumentException(
          "the seccomp profile compares an argument with \""
              + operator
              + "\"; write for example SCMP_CMP_EQ");
    }
    return new Condition(
        argument.integer("index"),
        argument.number("value"),
        argument.number("valueTwo"),
        Condition.Operator.valueOf(operator.substring("SCMP_CMP_".length())));
  }
}
