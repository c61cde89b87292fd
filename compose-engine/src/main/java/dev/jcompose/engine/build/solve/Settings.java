package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.image.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An image's settings while the instructions of a stage change them. */
final class Settings {
  String user;
  final Set<String> exposedPorts;
  final Map<String, String> env = new LinkedHashMap<>();
  List<String> entrypoint;
  List<String> cmd;
  final Set<String> volumes;
  String workingDir;
  final Map<String, String> labels;
  String stopSignal;
  ImageConfig.@Nullable Healthcheck healthcheck;
  List<String> shell;
  final List<String> onBuild;

  Settings(ImageConfig from) {
    this.user = from.user();
    this.exposedPorts = new TreeSet<>(from.exposedPorts());
    for (String entry : from.env()) {
      int equals = entry.indexOf('=');
      env.put(
          equals < 0 ? entry : entry.substring(0, equals),
          equals < 0 ? "" : entry.substring(equals + 1));
    }
    this.entrypoint = from.entrypoint();
    this.cmd = from.cmd();
    this.volumes = new TreeSet<>(from.volumes());
    this.workingDir = from.workingDir();
    this.labels = new LinkedHashMap<>(from.labels());
    this.stopSignal = from.stopSignal();
    this.healthcheck = from.healthcheck();
    this.shell = from.shell();
    this.onBuild = new ArrayList<>(from.onBuild());
  }

  /** What runs the shell forms of RUN, CMD and ENTRYPOINT. */
  List<String> shellOrUsual() {
    return shell.isEmpty() ? List.of("/bin/sh", "-c") : shell;
  }

  /** The working directory, or the root when none is set. */
  String workingDirOrRoot() {
    return workingDir.isEmpty() ? "/" : workingDir;
  }

  ImageConfig config() {
    return new ImageConfig(
        user,
        exposedPorts,
        env.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList(),
        entrypoint,
        cmd,
        volumes,
        workingDir,
        labels,
        stopSignal,
        healthcheck,
        shell,
        onBuild);
  }
}
