package dev.jcompose.cli.render.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.FakeEngine;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.engine.api.json.Json;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerRowTest {
  private static final ContainerRow WEB =
      new ContainerRow(FakeEngine.container("web", ContainerStatus.RUNNING), FakeEngine.NOON, true);

  @Test
  void showsTheColumnsOfDockerCompose() {
    assertThat(new ContainerList(List.of(WEB)).table())
        .hasToString(
            """
            NAME         IMAGE           COMMAND                  SERVICE   CREATED         STATUS                   PORTS
            demo-web-1   jcompose/base   "sh -c 'while :; do …"   web       5 minutes ago   Up 5 minutes (healthy)   0.0.0.0:8080->80/tcp
            """);
  }

  @Test
  void printsTheFieldsOfDockerComposeAsJson() {
    assertThat(Json.print(WEB.fields(ZoneOffset.UTC)))
        .isEqualTo(
            "{\"Command\":\"\\\"sh -c 'while :; do …\\\"\","
                + "\"CreatedAt\":\"2026-01-31 11:55:00 +0000 Z\",\"ExitCode\":0,"
                + "\"Health\":\"healthy\",\"ID\":\"webwebwebweb\",\"Image\":\"jcompose/base\","
                + "\"Labels\":\"com.docker.compose.config-hash=0,"
                + "com.docker.compose.container-number=1,com.docker.compose.oneoff=False,"
                + "com.docker.compose.project=demo,com.docker.compose.service=web\","
                + "\"LocalVolumes\":\"0\",\"Mounts\":\"\",\"Name\":\"demo-web-1\","
                + "\"Names\":\"demo-web-1\",\"Networks\":\"\",\"Ports\":\"0.0.0.0:8080->80/tcp\","
                + "\"Project\":\"demo\",\"Publishers\":[{\"URL\":\"0.0.0.0\",\"TargetPort\":80,"
                + "\"PublishedPort\":8080,\"Protocol\":\"tcp\"}],\"RunningFor\":\"5 minutes ago\","
                + "\"Service\":\"web\",\"Size\":\"0B\",\"State\":\"running\","
                + "\"Status\":\"Up 5 minutes (healthy)\"}");
  }

  @Test
  void keepsWholeIdsAndCommandsWhenAsked() {
    ContainerRow whole = new ContainerRow(WEB.container(), FakeEngine.NOON, false);

    assertThat(whole.id()).hasSize(64);
    assertThat(new ContainerList(List.of(whole)).table().toString()).contains("sleep 1; done'");
  }
}
