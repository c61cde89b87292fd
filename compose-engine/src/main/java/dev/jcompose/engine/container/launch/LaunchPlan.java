package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.DeviceNode;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Particulars;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.RootFilesystem;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the runtime launches out of what a container was asked to be: Docker's defaults
 * (facts: moby's oci/defaults and oci_linux) with the request over them.
 */
public final class LaunchPlan {
  private final StateDirectory state;
  private final Images images;
  private final Function<String, ContainerRecord> containers;

  /**
   * Makes a planner.
   *
   * @param images finds what containers mount of images
   * @param containers finds the containers whose namespaces are joined
   */
  public LaunchPlan(
      StateDirectory state, Images images, Function<String, ContainerRecord> containers) {
    this.state = state;
    this.images = images;
    this.containers = containers;
  }

  /**
   * The launch of a container.
   *
   * @throws EngineException when something it needs is not there
   */
  public LaunchSpec plan(ContainerRecord container, Image image) {
    ContainerPaths paths = state.container(container.id());
    Isolation isolation = container.spec().isolation();
    var namespaces = new NamespacePlan(container, containers, state);
    CdiEdits cdi = CdiDevices.edits(container.spec().resources().deviceRequests());
    List<DeviceNode> nodes = new ArrayList<>();
    List<DeviceRule> rules = devices(container, nodes);
    nodes.addAll(cdi.nodes());
    return new LaunchSpec(
            container.id(),
            new RootFilesystem.Overlay(
                image.layerDirectories(),
                paths.upper(),
                paths.work(),
                paths.merged(),
                isolation.readOnlyRoot()),
            new MountList(container, ImageTree.byTarget(container, paths, images), cdi.mounts())
                .all(namespaces.etcFiles(), namespaces.sharedMemory()),
            process(container, namespaces.named().hostname(), image, paths, cdi),
            namespaces.namespaces(),
            namespaces.named().hostname(),
            domain(namespaces.named().spec().isolation()),
            sysctls(isolation, namespaces),
            nodes,
            masked(isolation),
            readOnly(isolation),
            SecurityOptions.of(isolation).seccomp(),
            cgroup(container, rules),
            stdio(container.spec().process().stdio(), paths))
        .with(Particulars.runBy(RuntimePrograms.find(isolation.runtime())));
  }

  private static @Nullable String domain(Isolation isolation) {
    return isolation.domainname().isEmpty() ? null : isolation.domainname();
  }

  /** The control group of a container. */
  public CgroupSpec cgroup(ContainerRecord container) {
    return cgroup(container, devices(container, new ArrayList<>()));
  }

  private CgroupSpec cgroup(ContainerRecord container, List<DeviceRule> rules) {
    String asked = container.spec().resources().cgroupParent();
    String parent =
        asked.isEmpty()
            ? state.identity().cgroupParent()
            : asked.startsWith("/") ? asked : "/" + asked;
    return new CgroupSpec(
        parent + "/" + container.id(), LimitsOf.cgroup(container.spec().resources()), rules);
  }

  private static ProcessSpec process(
      ContainerRecord container, String hostname, Image image, ContainerPaths paths, CdiEdits cdi) {
    ProcessSettings settings = container.spec().process();
    Isolation isolation = container.spec().isolation();
    SecurityOptions security = SecurityOptions.of(isolation);
    List<String> groups = new ArrayList<>(settings.additionalGroups());
    groups.addAll(cdi.groups());
    Identity identity =
        new UserLookup(new LayeredFiles(topFirst(paths, image))).identity(settings.user(), groups);
    return new ProcessSpec(
        container.arguments(),
        ProcessEnvironment.of(
            hostname,
            settings.stdio().tty(),
            settings.environment(),
            cdi.environment(),
            identity.home()),
        settings.workingDirectory().isEmpty() ? "/" : settings.workingDirectory(),
        identity,
        Capabilities.of(security.bounding(), identity.uid()),
        security.noNewPrivileges(),
        LimitsOf.ulimits(container.spec().resources().ulimits()),
        isolation.oomScoreAdj(),
        022,
        isolation.init(),
        security.apparmor());
  }

  /** The directories that lie over each other in a container, the uppermost first. */
  public static List<Path> topFirst(ContainerPaths paths, Image image) {
    List<Path> all = new ArrayList<>();
    all.add(paths.upper());
    all.addAll(image.layerDirectories().reversed());
    return all;
  }

  private static Map<String, String> sysctls(Isolation isolation, NamespacePlan namespaces) {
    Map<String, String> all = new LinkedHashMap<>();
    if (namespaces.ownNetwork()) {
      all.putAll(LaunchSpec.NETWORK_SYSCTLS);
    }
    isolation
        .sysctls()
        .forEach(
            (name, value) -> {
              if (name.startsWith("net.") && !namespaces.ownNetwork()) {
                throw new EngineException.InvalidRequest(
                    "sysctl \""
                        + name
                        + "\" is not allowed without a network namespace of its own");
              }
              all.put(name, value);
            });
    return all;
  }

  private static List<String> masked(Isolation isolation) {
    if (isolation.maskedPaths() != null) {
      return isolation.maskedPaths();
    }
    if (isolation.privileged()) {
      return List.of();
    }
    List<String> all = new ArrayList<>(LaunchSpec.MASKED_PATHS);
    try (Stream<Path> processors = Files.list(Path.of("/sys/devices/system/cpu"))) {
      processors
          .map(processor -> processor.resolve("thermal_throttle"))
          .filter(Files::exists)
          .forEach(path -> all.add(path.toString()));
    } catch (IOException e) {
      // no such directory: nothing to hide
    }
    return all;
  }

  private static List<String> readOnly(Isolation isolation) {
    if (isolation.readOnlyPaths() != null) {
      return isolation.readOnlyPaths();
    }
    return isolation.privileged() ? List.of() : LaunchSpec.READ_ONLY_PATHS;
  }

  private static List<DeviceRule> devices(ContainerRecord container, List<DeviceNode> nodes) {
    HostResources resources = container.spec().resources();
    if (container.spec().isolation().privileged()) {
      DeviceFile.below(Path.of("/dev")).stream()
          .filter(device -> !device.path().toString().matches("/dev/(pts|shm|mqueue|console).*"))
          .forEach(device -> nodes.add(node(device, device.path().toString())));
      return List.of(DeviceRule.ALLOW_ALL);
    }
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.standard());
    for (HostResources.DeviceMapping mapping : resources.devices()) {
      Path host = Path.of(mapping.pathOnHost());
      for (DeviceFile device : DeviceFile.below(host)) {
        String below = host.relativize(device.path()).toString();
        String target =
            below.isEmpty() ? mapping.pathInContainer() : mapping.pathInContainer() + "/" + below;
        nodes.add(node(device, target));
        rules.add(
            new DeviceRule(
                true,
                device.type(),
                device.major(),
                device.minor(),
                mapping.access().isEmpty() ? "rwm" : mapping.access()));
      }
    }
    rules.addAll(CdiDevices.edits(resources.deviceRequests()).rules());
    for (String rule : resources.deviceRules()) {
      try {
        rules.add(DeviceRule.parseAllowed(rule));
      } catch (IllegalArgumentException e) {
        throw new EngineException.InvalidRequest(String.valueOf(e.getMessage()), e);
      }
    }
    return rules;
  }

  private static DeviceNode node(DeviceFile device, String target) {
    return new DeviceNode(
        target,
        device.type(),
        device.major(),
        device.minor(),
        device.mode(),
        device.uid(),
        device.gid());
  }

  private static Stdio stdio(ProcessSettings.Stdio asked, ContainerPaths paths) {
    return asked.tty()
        ? new Stdio.Terminal(24, 80)
        : new Stdio.Fifos(asked.openStdin() ? paths.stdin() : null, paths.stdout(), paths.stderr());
  }
}
