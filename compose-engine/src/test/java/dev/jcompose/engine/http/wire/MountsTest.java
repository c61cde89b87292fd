package dev.jcompose.engine.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException.InvalidRequest;
import dev.jcompose.engine.api.config.MountSpec;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.container.spec.MountRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountsTest {
  @Test
  void tellsPathsFromVolumes() {
    assertThat(Mounts.parse("/a:/b:ro,rslave", ""))
        .isEqualTo(
            new MountRequest.Bind(
                "/a", "/b", true, true, "rslave", false, true, "/a:/b:ro,rslave"));
    assertThat(Mounts.parse("data:/b:nocopy", "local"))
        .isEqualTo(
            new MountRequest.NamedVolume(
                "data", "/b", false, true, "", "local", Map.of(), Map.of(), "data:/b:nocopy"));
    assertThat(Mounts.parse("/b", ""))
        .isEqualTo(
            new MountRequest.NamedVolume(
                null, "/b", false, false, "", "", Map.of(), Map.of(), "/b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":/b", "a:b", "a/b:/c", "/a:/b:fast", "/a:/b:ro:x"})
  void refusesWhatMakesNoSense(String text) {
    assertThatThrownBy(() -> Mounts.parse(text, ""))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void keepsTheLongFormThroughTheEngine() {
    List<String> forms =
        List.of(
            "{\"Type\":\"bind\",\"Source\":\"/a\",\"Target\":\"/b\",\"ReadOnly\":true,"
                + "\"BindOptions\":{\"Propagation\":\"rslave\",\"CreateMountpoint\":true}}",
            "{\"Type\":\"volume\",\"Source\":\"v\",\"Target\":\"/b\",\"VolumeOptions\":"
                + "{\"NoCopy\":true,\"Labels\":{\"a\":\"b\"},\"Subpath\":\"x\"}}",
            "{\"Type\":\"tmpfs\",\"Target\":\"/b\",\"TmpfsOptions\":"
                + "{\"SizeBytes\":1024,\"Mode\":448}}",
            "{\"Type\":\"image\",\"Source\":\"i:1\",\"Target\":\"/b\",\"ReadOnly\":true,"
                + "\"ImageOptions\":{\"Subpath\":\"x\"}}");
    for (String form : forms) {
      MountSpec spec = MountSpec.of(Json.object(form));
      assertThat(Mounts.spec(Mounts.of(spec)).toJson()).hasToString(form);
    }
  }

  @Test
  void refusesTypesItDoesNotKnow() {
    MountSpec spec = MountSpec.of(Json.object("{\"Type\":\"npipe\",\"Target\":\"/b\"}"));
    assertThatThrownBy(() -> Mounts.of(spec)).hasMessageContaining("\"npipe\" are not supported");
  }
}
