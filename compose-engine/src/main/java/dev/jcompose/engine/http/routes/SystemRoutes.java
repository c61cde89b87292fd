package dev.jcompose.engine.http.routes;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.system.EngineStatus;
import dev.jcompose.engine.api.system.EngineVersion;
import dev.jcompose.engine.api.system.VersionComponent;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.http.ApiVersion;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Route;
import dev.jcompose.engine.http.services.EngineProcess;
import dev.jcompose.engine.http.services.EngineServices;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The engine itself: ping, version, information, and our private routes. */
final class SystemRoutes {
  /**
   * The Docker engine whose API this is, which clients compare with the oldest they support; what
   * follows the plus says who really answers.
   */
  private static final String COMPATIBLE = "27.5.0+jcompose.";

  private final EngineServices services;
  private final MachineFacts machine = MachineFacts.read();

  SystemRoutes(EngineServices services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/_ping", SystemRoutes::ping),
        Route.of("HEAD", "/_ping", SystemRoutes::ping),
        Route.of("GET", "/version", exchange -> exchange.json(200, version())),
        Route.of("GET", "/info", exchange -> exchange.json(200, info())),
        Route.of("GET", "/jcompose/engine", exchange -> exchange.json(200, status())),
        Route.of("POST", "/jcompose/shutdown", this::shutdown));
  }

  private static void ping(Exchange exchange) throws IOException {
    exchange
        .header("Builder-Version", "1")
        .header("Swarm", "inactive")
        .header("Cache-Control", "no-cache, no-store, must-revalidate")
        .header("Pragma", "no-cache");
    if (exchange.request().method().equals("HEAD")) {
      exchange.header("Content-Type", "text/plain; charset=utf-8").empty(200);
    } else {
      exchange.text(200, "OK");
    }
  }

  private EngineVersion version() {
    String version = COMPATIBLE + services.process().version();
    String built = services.process().startedAt().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("ApiVersion", ApiVersion.NEWEST.toString());
    details.put("Arch", machine.architecture());
    details.put("BuildTime", built);
    details.put("Experimental", "false");
    details.put("GitCommit", "");
    details.put("GoVersion", "");
    details.put("KernelVersion", machine.kernelVersion());
    details.put("MinAPIVersion", ApiVersion.OLDEST.toString());
    details.put("Os", "linux");
    return new EngineVersion(
        JsonObject.builder().put("Name", "jcompose").build(),
        List.of(
            new VersionComponent("Engine", version, details),
            new VersionComponent(
                "jcompose",
                services.process().version(),
                Map.of("Java", Runtime.version().toString()))),
        version,
        ApiVersion.NEWEST.toString(),
        ApiVersion.OLDEST.toString(),
        "",
        "linux",
        machine.architecture(),
        machine.kernelVersion(),
        built,
        "");
  }

  private JsonObject info() {
    List<ContainerRecord> containers = services.containers().list();
    long running = count(containers, Status.RUNNING) + count(containers, Status.RESTARTING);
    long paused = count(containers, Status.PAUSED);
    return JsonObject.builder()
        .put("ID", services.state().root().toString())
        .put("Containers", containers.size())
        .put("ContainersRunning", running)
        .put("ContainersPaused", paused)
        .put("ContainersStopped", containers.size() - running - paused)
        .put("Images", services.images().list().size())
        .put("Driver", "overlay2")
        .put("DriverStatus", List.of())
        .put(
            "Plugins",
            JsonObject.builder()
                .put("Volume", List.of("local"))
                .put("Network", List.of("bridge", "host", "null"))
                .put("Authorization", null)
                .put("Log", List.of("json-file", "local", "none"))
                .build())
        .put("MemoryLimit", true)
        .put("SwapLimit", true)
        .put("CpuCfsPeriod", true)
        .put("CpuCfsQuota", true)
        .put("CPUShares", true)
        .put("CPUSet", true)
        .put("PidsLimit", true)
        .put("OomKillDisable", services.process().cgroupVersion() == 1)
        .put("IPv4Forwarding", true)
        .put("Debug", false)
        .put("NFd", 0)
        .put("NGoroutines", Thread.activeCount())
        .put("NEventsListener", 0)
        .put("SystemTime", Instant.now().toString())
        .put("LoggingDriver", "json-file")
        .put("CgroupDriver", "cgroupfs")
        .put("CgroupVersion", Integer.toString(services.process().cgroupVersion()))
        .put("KernelVersion", machine.kernelVersion())
        .put("OperatingSystem", machine.operatingSystem())
        .put("OSVersion", "")
        .put("OSType", "linux")
        .put("Architecture", machine.machine())
        .put("IndexServerAddress", "https://index.docker.io/v1/")
        .put("RegistryConfig", Map.of())
        .put("NCPU", machine.cpus())
        .put("MemTotal", machine.memoryBytes())
        .put("GenericResources", null)
        .put("DockerRootDir", services.state().root().toString())
        .put("HttpProxy", "")
        .put("HttpsProxy", "")
        .put("NoProxy", "")
        .put("Name", machine.hostname())
        .put("Labels", List.of())
        .put("ExperimentalBuild", false)
        .put("ServerVersion", COMPATIBLE + services.process().version())
        .put("Runtimes", Map.of("jcompose", Map.of("path", "jcompose")))
        .put("DefaultRuntime", "jcompose")
        .put(
            "Swarm",
            JsonObject.builder()
                .put("NodeID", "")
                .put("NodeAddr", "")
                .put("LocalNodeState", "inactive")
                .put("ControlAvailable", false)
                .put("Error", "")
                .put("RemoteManagers", null)
                .build())
        .put("LiveRestoreEnabled", true)
        .put("Isolation", "")
        .put("InitBinary", "jcompose")
        .put("SecurityOptions", List.of("name=seccomp,profile=builtin"))
        .put("Warnings", null)
        .build();
  }

  private EngineStatus status() {
    EngineProcess process = services.process();
    long running =
        services.containers().list().stream()
            .filter(container -> container.state().running())
            .count();
    return new EngineStatus(
        (int) ProcessHandle.current().pid(),
        services.state().root().toString(),
        process.version(),
        process.startedAt().toString(),
        (int) running);
  }

  private void shutdown(Exchange exchange) throws IOException {
    exchange.empty(204);
    services.process().shutdown();
  }

  private static long count(List<ContainerRecord> containers, Status status) {
    return containers.stream().filter(one -> one.state().status() == status).count();
  }
}
