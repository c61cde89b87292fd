package dev.jcompose.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiltersTest {
  @Test
  void readsBothFormsClientsSend() {
    assertThat(filters("{\"label\":{\"a=b\":true,\"c\":true,\"d\":false}}").values("label"))
        .containsExactly("a=b", "c");
    assertThat(filters("{\"label\":[\"a=b\",\"c\"]}").values("label")).containsExactly("a=b", "c");
    assertThat(filters("").has("label")).isFalse();
  }

  @Test
  void refusesKeysItDoesNotKnow() {
    assertThatThrownBy(() -> filters("{\"colour\":[\"red\"]}"))
        .hasMessage("invalid filter 'colour'");
  }

  @Test
  void refusesWhatIsNotAFilter() {
    assertThatThrownBy(() -> filters("label=x")).hasMessageStartingWith("invalid filter: ");
    assertThatThrownBy(() -> filters("{\"label\":3}")).hasMessageStartingWith("invalid filter 'l");
  }

  @Test
  void wantsAllLabelsWithTheirValues() {
    Filters filters = filters("{\"label\":[\"a=b\",\"c\"],\"label!\":[\"d\"]}");
    assertThat(filters.labels(Map.of("a", "b", "c", "x"))).isTrue();
    assertThat(filters.labels(Map.of("a", "x", "c", "x"))).isFalse();
    assertThat(filters.labels(Map.of("a", "b"))).isFalse();
    assertThat(filters.labels(Map.of("a", "b", "c", "", "d", ""))).isFalse();
  }

  @Test
  void readsTruthInItsSpellings() {
    assertThat(filters("{\"dangling\":[\"1\"]}").flag("dangling")).isTrue();
    assertThat(filters("{\"dangling\":{\"false\":true}}").flag("dangling")).isFalse();
    assertThat(filters("{}").flag("dangling")).isNull();
    assertThatThrownBy(() -> filters("{\"dangling\":[\"maybe\"]}").flag("dangling"))
        .hasMessage("invalid filter 'dangling=maybe'");
  }

  private static Filters filters(String text) {
    return Filters.parse(text, Set.of("label", "label!", "dangling"));
  }
}
