package dev.jcompose.engine.linux.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain", "straße", "日本", "😀 emoji", ""})
  void properTextIsTakenAsItIs(String name) {
    assertThat(FileName.decode(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
    assertThat(FileName.encode(name)).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyByteSurvives() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] name = new byte[random.nextInt(12)];
      random.nextBytes(name);
      assertThat(FileName.encode(FileName.decode(name))).isEqualTo(name);
    }
  }

  @Test
  void latinTextIsToldFromUtf8() {
    byte[] latin = "é".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(FileName.decode(latin)).isEqualTo("\udce9").isNotEqualTo("é");
  }
}
