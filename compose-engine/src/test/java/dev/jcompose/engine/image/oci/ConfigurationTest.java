package dev.jcompose.engine.image.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final String FULL =
      """
      {"created":"2026-01-02T03:04:05.000000006Z","author":"me","architecture":"arm64",\
      "variant":"v8","os":"linux","config":{"User":"app","ExposedPorts":{"80/tcp":{},\
      "81/udp":{}},"Env":["A=1","B="],"Entrypoint":["/e"],"Cmd":["c"],"Volumes":{"/v":{}},\
      "WorkingDir":"/w","Labels":{"k":"v"},"StopSignal":"SIGINT","Healthcheck":{"Test":["CMD",\
      "true"],"Interval":1000000000,"Retries":3},"Shell":["/bin/bash","-c"],"OnBuild":["RUN x"]},\
      "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":\
      "2026-01-01T00:00:00Z","created_by":"RUN x","comment":"c"},{"created":\
      "2026-01-01T00:00:00Z","empty_layer":true}]}"""
          .formatted("a".repeat(64));

  @Test
  void writesWhatItReads() {
    assertThat(Json.print(Configuration.of(Json.object(FULL)))).isEqualTo(FULL);
  }

  @Test
  void knowsDockersExtensions() {
    ImageConfig settings = Configuration.of(Json.object(FULL)).settings();
    assertThat(settings.healthcheck())
        .isEqualTo(
            new ImageConfig.Healthcheck(
                List.of("CMD", "true"),
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                3));
    assertThat(settings.shell()).containsExactly("/bin/bash", "-c");
    assertThat(settings.onBuild()).containsExactly("RUN x");
    assertThat(settings.stopSignal()).isEqualTo("SIGINT");
    assertThat(settings.variable("B")).isEmpty();
    assertThat(settings.variable("C")).isNull();
  }

  @Test
  void readsAbsentAndNullMembersAsEmpty() {
    Configuration bare =
        Configuration.of(
            Json.object(
                "{\"config\":{\"Cmd\":null,\"Volumes\":null,\"Labels\":null},\"history\":null,"
                    + "\"created\":\"2024-05-06T09:00:00+02:00\"}"));
    assertThat(bare.settings()).isEqualTo(ImageConfig.EMPTY);
    assertThat(bare.created()).isEqualTo(Instant.parse("2024-05-06T07:00:00Z"));
    assertThat(Configuration.of(JsonObject.EMPTY).created()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void writesNothingForEmptySettings() {
    Configuration bare =
        new Configuration(
            Instant.EPOCH,
            "",
            "amd64",
            "",
            "linux",
            ImageConfig.EMPTY,
            List.of(new Digest("b".repeat(64))),
            List.of());
    assertThat(Json.print(bare))
        .isEqualTo(
            """
            {"created":"1970-01-01T00:00:00Z","architecture":"amd64","os":"linux","config":{},\
            "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[]}"""
                .formatted("b".repeat(64)));
  }

  @Test
  void sortsSetsSoThatEqualImagesHaveEqualIds() {
    ImageConfig config =
        new ImageConfig(
            "",
            Set.of("9/tcp", "1/tcp", "5/tcp"),
            List.of(),
            List.of(),
            List.of(),
            Set.of(),
            "",
            Map.of(),
            "",
            null,
            List.of(),
            List.of());
    assertThat(Json.print(Settings.toJson(config)))
        .isEqualTo("{\"ExposedPorts\":{\"1/tcp\":{},\"5/tcp\":{},\"9/tcp\":{}}}");
  }
}
