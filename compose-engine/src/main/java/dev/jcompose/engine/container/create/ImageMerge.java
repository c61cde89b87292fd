package dev.jcompose.engine.container.create;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.ImageConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills in from the image what a client left open, by Docker's rules. */
public final class ImageMerge {
  private ImageMerge() {}

  /** The request with everything it leaves open taken from the image. */
  public static ContainerSpec merge(ContainerSpec request, ImageConfig image) {
    SequencedSet<String> exposed = new LinkedHashSet<>(request.network().exposed());
    exposed.addAll(image.exposedPorts());
    SequencedSet<String> volumes = new LinkedHashSet<>(request.volumes());
    volumes.addAll(image.volumes());
    Map<String, String> labels = new LinkedHashMap<>(image.labels());
    labels.putAll(request.labels());
    return request
        .withProcess(process(request.process(), image))
        .withNetwork(request.network().withExposed(List.copyOf(exposed)))
        .withVolumes(List.copyOf(volumes))
        .withLabels(labels)
        .withHealthcheck(healthcheck(request.healthcheck(), image.healthcheck()));
  }

  private static ProcessSettings process(ProcessSettings asked, ImageConfig image) {
    List<String> entrypoint = asked.entrypoint();
    List<String> command = asked.command();
    // An entrypoint in the request drops the image's command: it was made for the other program.
    boolean ownEntrypoint = entrypoint != null && !entrypoint.isEmpty();
    if (!ownEntrypoint && (command == null || command.isEmpty())) {
      command = image.cmd();
    }
    if (entrypoint == null) {
      entrypoint = image.entrypoint();
    }
    if (entrypoint.equals(List.of(""))) {
      entrypoint = List.of();
    }
    return new ProcessSettings(
        entrypoint,
        command == null ? List.of() : command,
        environment(asked.environment(), image.env()),
        asked.workingDirectory().isEmpty() ? image.workingDir() : asked.workingDirectory(),
        asked.user().isEmpty() ? image.user() : asked.user(),
        asked.additionalGroups(),
        asked.stdio(),
        asked.stopSignal().isEmpty() ? image.stopSignal() : asked.stopSignal(),
        asked.stopTimeoutSeconds(),
        asked.shell().isEmpty() ? image.shell() : asked.shell());
  }

  /** Program and arguments of a merged spec. */
  static List<String> arguments(ContainerSpec merged) {
    List<String> all = new ArrayList<>();
    if (merged.process().entrypoint() != null) {
      all.addAll(merged.process().entrypoint());
    }
    if (merged.process().command() != null) {
      all.addAll(merged.process().command());
    }
    if (all.isEmpty()) {
      throw new EngineException.InvalidRequest(
          "no command specified: the image \""
              + merged.image()
              + "\" names none, so write one in command or entrypoint");
    }
    return all;
  }

  private static List<String> environment(List<String> asked, List<String> image) {
    Set<String> named = asked.stream().map(ImageMerge::name).collect(Collectors.toSet());
    List<String> all = new ArrayList<>();
    for (String entry : asked) {
      if (entry.contains("=")) {
        all.add(entry);
      }
    }
    for (String entry : image) {
      if (!named.contains(name(entry))) {
        all.add(entry);
      }
    }
    return all;
  }

  private static String name(String entry) {
    int equals = entry.indexOf('=');
    return equals < 0 ? entry : entry.substring(0, equals);
  }

  private static @Nullable Healthcheck healthcheck(
      @Nullable Healthcheck asked, ImageConfig.@Nullable Healthcheck image) {
    if (image == null) {
      return asked;
    }
    if (asked == null) {
      asked =
          new Healthcheck(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }
    return new Healthcheck(
        asked.test().isEmpty() ? image.test() : asked.test(),
        or(asked.interval(), image.interval()),
        or(asked.timeout(), image.timeout()),
        or(asked.startPeriod(), image.startPeriod()),
        or(asked.startInterval(), image.startInterval()),
        asked.retries() == 0 ? image.retries() : asked.retries());
  }

  private static Duration or(Duration asked, Duration image) {
    return asked.isZero() ? image : asked;
  }
}
