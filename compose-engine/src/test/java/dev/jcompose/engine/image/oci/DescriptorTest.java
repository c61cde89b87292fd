package dev.jcompose.engine.image.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescriptorTest {
  @Test
  void isWrittenWithItsAnnotationsInTheirOrder() {
    Map<String, String> annotations = new LinkedHashMap<>();
    StringBuilder written = new StringBuilder();
    for (char c = 'z'; c >= 'a'; c--) {
      annotations.put(String.valueOf(c), "1");
      written.append(written.isEmpty() ? "" : ",").append('"').append(c).append("\":\"1\"");
    }

    Descriptor descriptor =
        new Descriptor(MediaTypes.MANIFEST, Digest.of(new byte[0]), 0, null, "", annotations);

    assertThat(Json.print(descriptor)).contains("\"annotations\":{" + written + "}");
  }
}
