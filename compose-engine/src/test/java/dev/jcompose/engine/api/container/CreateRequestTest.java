package dev.jcompose.engine.api.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.json.Json;
import org.junit.jupiter.api.Test;

class CreateRequestTest {
  private static final String FULL =
      """
      {"Image":"app","Cmd":["sleep","9"],"Entrypoint":[""],"Env":["A=b"],"ExposedPorts":{"80/tcp":{}},
       "Labels":{"com.docker.compose.project":"p"},"StopTimeout":3,"Tty":false,"OpenStdin":true,
       "Healthcheck":{"Test":["CMD","true"],"Interval":1000000000,"Retries":3},
       "HostConfig":{
         "Binds":["/a:/b:ro"],"Mounts":[{"Type":"volume","Source":"v","Target":"/v","VolumeOptions":{"NoCopy":true}}],
         "PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}]},
         "CapAdd":["NET_ADMIN"],"Memory":268435456,"NanoCpus":500000000,"PidsLimit":50,
         "Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}],"Init":true,
         "BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":1000}],
         "DeviceRequests":[{"Driver":"x","Count":-1,"DeviceIDs":null,"Capabilities":[["gpu"]],"Options":{}}],
         "RestartPolicy":{"Name":"on-failure","MaximumRetryCount":2},
         "LogConfig":{"Type":"json-file","Config":{"max-size":"10m"}}},
       "NetworkingConfig":{"EndpointsConfig":{"p_default":{"Aliases":["web"],"IPAMConfig":{"IPv4Address":"10.0.0.9"}}}}}
      """;

  @Test
  void keepsEverythingThroughTheWireForm() {
    CreateRequest request = CreateRequest.of(Json.object(FULL));
    assertThat(CreateRequest.of(Json.object(request.toJson().toString()))).isEqualTo(request);
  }

  @Test
  void readsTheFlatHostConfigurationIntoItsGroups() {
    CreateRequest request = CreateRequest.of(Json.object(FULL));
    assertThat(request.config().entrypoint()).containsExactly("");
    assertThat(request.hostConfig().resources().memory().limit()).isEqualTo(256L << 20);
    assertThat(request.hostConfig().resources().cpu().nanoCpus()).isEqualTo(500_000_000);
    assertThat(request.hostConfig().networking().portBindings().get("80/tcp"))
        .singleElement()
        .hasToString("PortBinding[hostIp=127.0.0.1, hostPort=8080]");
    assertThat(request.endpoints().values())
        .singleElement()
        .satisfies(endpoint -> assertThat(endpoint.aliases()).containsExactly("web"));
  }

  @Test
  void acceptsNullForNearlyEverythingAsJavaClientsSendIt() {
    CreateRequest request =
        CreateRequest.of(
            Json.object(
                "{\"Image\":\"a\",\"Cmd\":null,\"Env\":null,\"Labels\":null,\"ExposedPorts\":null,"
                    + "\"HostConfig\":{\"Binds\":null,\"Memory\":null,\"RestartPolicy\":null,"
                    + "\"PortBindings\":{\"80/tcp\":null}},\"NetworkingConfig\":null}"));
    assertThat(request.config().cmd()).isNull();
    assertThat(request.hostConfig().networking().portBindings()).containsKey("80/tcp");
    assertThat(request.endpoints()).isEmpty();
  }
}
