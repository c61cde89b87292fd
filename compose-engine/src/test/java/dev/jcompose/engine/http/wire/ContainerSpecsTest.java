package dev.jcompose.engine.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.container.CreateRequest;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.NetworkSettings.PortRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerSpecsTest {
  private static final String HOST =
      """
      {"OomKillDisable":false,"Binds":["/a:/b:ro"],"Tmpfs":{"/t":"size=1m"},"Memory":268435456,"NanoCpus":500000000,
       "Mounts":[{"Type":"volume","Source":"v","Target":"/v"}],
       "PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],
                       "53/udp":[{"HostIp":"","HostPort":"5300-5310"}]},
       "CapAdd":["NET_ADMIN"],"SecurityOpt":["no-new-privileges"],"PidsLimit":50,
       "Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}],"Init":true,"ReadonlyRootfs":true,
       "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":2},"NetworkMode":"p_default",
       "LogConfig":{"Type":"json-file","Config":{"max-size":"10m"}},"ShmSize":1048576,
       "DeviceRequests":[{"Driver":"x","Count":-1,"DeviceIDs":["0"],"Capabilities":[["gpu"]],
                          "Options":{}}],"Sysctls":{"net.core.somaxconn":"9"},"Runtime":"crun"}
      """;

  @Test
  void echoesTheHostConfigurationItWasGiven() {
    ContainerSpec spec =
        ContainerSpecs.of(
            CreateRequest.of(Json.object("{\"Image\":\"app\",\"HostConfig\":" + HOST + "}")), null);
    HostConfig asked = HostConfig.of(Json.object(HOST));
    assertThat(HostConfigs.host(container(spec)).toJson()).isEqualTo(asked.toJson());
  }

  @Test
  void readsPortsWithRangesAndDefaults() {
    ContainerSpec spec =
        ContainerSpecs.of(
            CreateRequest.of(
                Json.object(
                    "{\"ExposedPorts\":{\"70\":{}},\"HostConfig\":{\"PortBindings\":"
                        + "{\"80\":[{\"HostPort\":\"8000-8010\"}],\"90/udp\":[{}],\"91\":null}}}")),
            null);
    assertThat(spec.network().exposed()).containsExactly("70/tcp");
    assertThat(spec.network().ports())
        .containsExactly(
            new PortRequest(80, "tcp", "", 8000, 8010), new PortRequest(90, "udp", "", 0, 0));
  }

  @Test
  void refusesWhatItWouldHaveToIgnore() {
    assertThatThrownBy(() -> spec("\"HostConfig\":{\"StorageOpt\":{\"size\":\"1g\"}}"))
        .hasMessageContaining("storage options are not supported");
    assertThatThrownBy(
            () -> spec("\"HostConfig\":{\"PortBindings\":{\"x/tcp\":[{\"HostPort\":\"1\"}]}}"))
        .hasMessage("invalid port specification: \"x/tcp\"");
    assertThatThrownBy(() -> spec("\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"often\"}}"))
        .hasMessageContaining("'often' is not a restart policy");
  }

  private static ContainerSpec spec(String members) {
    return ContainerSpecs.of(CreateRequest.of(Json.object("{" + members + "}")), null);
  }

  private static ContainerRecord container(ContainerSpec spec) {
    return new ContainerRecord(
        "0".repeat(64),
        "web",
        Instant.EPOCH,
        spec,
        "sha256:" + "1".repeat(64),
        List.of("true"),
        List.of(),
        ContainerState.CREATED,
        List.of(),
        List.of(),
        0);
  }
}
