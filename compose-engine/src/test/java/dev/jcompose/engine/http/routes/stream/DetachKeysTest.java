package dev.jcompose.engine.http.routes.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DetachKeysTest {
  @Test
  void seesTheDefaultKeysAcrossReads() {
    DetachKeys keys = DetachKeys.parse("");
    assertThat(take(keys, "ab\u0010")).isEqualTo("ab");
    assertThat(keys.isComplete()).isFalse();
    assertThat(take(keys, "\u0011c")).isEmpty();
    assertThat(keys.isComplete()).isTrue();
  }

  @Test
  void forwardsASequenceThatWasNotCompleted() {
    DetachKeys keys = DetachKeys.parse("ctrl-p,ctrl-q");
    assertThat(take(keys, "\u0010")).isEmpty();
    assertThat(take(keys, "x")).isEqualTo("\u0010x");
    assertThat(take(keys, "\u0010\u0010")).isEqualTo("\u0010");
    assertThat(keys.isComplete()).isFalse();
  }

  @Test
  void takesOtherKeys() {
    DetachKeys keys = DetachKeys.parse("q");
    assertThat(take(keys, "abq")).isEqualTo("ab");
    assertThat(keys.isComplete()).isTrue();
    assertThatThrownBy(() -> DetachKeys.parse("ctrl-p,F1"))
        .hasMessage("invalid detach keys: \"F1\" is not a key");
  }

  private static String take(DetachKeys keys, String typed) {
    byte[] bytes = typed.getBytes(ISO_8859_1);
    return new String(keys.take(bytes, bytes.length), ISO_8859_1);
  }
}
