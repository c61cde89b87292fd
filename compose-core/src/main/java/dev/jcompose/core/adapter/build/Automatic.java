package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.system.EngineVersion;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.stage.AutomaticArguments;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.oci.Platform;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The arguments that BuildKit gives every build. Docker's first builder does not: it is given those
 * the Dockerfile declares without a value.
 *
 * @param values of all of them
 * @param declared those that are given
 */
record Automatic(Map<String, String> values, Map<String, String> declared) {
  Automatic {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    declared = Collections.unmodifiableMap(new LinkedHashMap<>(declared));
  }

  static Automatic of(EngineClient client, BuildSpec spec, Dockerfile dockerfile) {
    EngineVersion version = client.system().version();
    Platform engine = new Platform(version.os(), version.arch(), "");
    String target = spec.target();
    Map<String, String> values =
        AutomaticArguments.of(
            dockerfile, target == null ? "" : target, engine, wanted(spec, engine));
    Map<String, String> declared = new LinkedHashMap<>();
    Stream.concat(
            dockerfile.globalArguments().stream(),
            dockerfile.stages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .filter(Instruction.Arg.class::isInstance)
                .map(Instruction.Arg.class::cast))
        .flatMap(argument -> argument.declarations().stream())
        .forEach(
            each -> {
              String value = values.get(each.name());
              if (value != null && each.value() == null) {
                declared.put(each.name(), value);
              }
            });
    return new Automatic(values, declared);
  }

  private static Platform wanted(BuildSpec spec, Platform engine) {
    String platform = spec.platform();
    try {
      return platform == null || platform.isEmpty() ? engine : Platform.parse(platform);
    } catch (BadReferenceException e) {
      throw new EngineException(
          Reason.INVALID,
          "services." + spec.service() + ": " + e.getMessage() + "; correct its platform",
          e);
    }
  }

  /** Build arguments with those that are given. */
  Map<String, String> with(Map<String, String> arguments) {
    Map<String, String> all = new LinkedHashMap<>(declared);
    all.putAll(arguments);
    return all;
  }
}
