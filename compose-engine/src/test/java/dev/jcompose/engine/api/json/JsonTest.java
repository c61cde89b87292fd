package dev.jcompose.engine.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void printsWhatItParsedInTheSameOrder() {
    String text =
        "{\"b\":[1,2.5,\"x\",null,true,{\"z\":{},\"a\":[]}],\"a\":\"\\u00e9\\\"\",\"n\":-9223372036854775808}";
    assertThat(Json.print(Json.parse(text)))
        .isEqualTo(
            "{\"b\":[1,2.5,\"x\",null,true,{\"z\":{},\"a\":[]}],\"a\":\"é\\\"\",\"n\":-9223372036854775808}");
  }

  @Test
  void refusesContentAfterTheValue() {
    assertThatThrownBy(() -> Json.object("{} {}"))
        .isInstanceOf(JsonException.class)
        .hasMessage("unexpected content after JSON");
  }

  @Test
  void refusesBrokenTextInOneSentence() {
    assertThatThrownBy(() -> Json.object("{\"a\":"))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("invalid JSON: ");
    assertThatThrownBy(() -> Json.object("")).hasMessage("there is no JSON value");
    assertThatThrownBy(() -> Json.object("[]")).hasMessage("expected a JSON object");
  }

  @Test
  void looksUpNamesInAnyCaseAndSkipsNulls() {
    JsonObject json = Json.object("{\"enableIPv6\":null,\"EnableIPv6\":true,\"TTY\":true,\"x\":1}");
    assertThat(json.flag("enableIPv6")).isTrue();
    assertThat(json.flag("Tty")).isTrue();
    assertThat(json.number("X")).isEqualTo(1);
  }

  @Test
  void readsAbsentAndNullMembersAsEmpty() {
    JsonObject json = Json.object("{\"a\":null}");
    assertThat(json.string("a")).isEmpty();
    assertThat(json.strings("a")).isEmpty();
    assertThat(json.stringMap("b")).isEmpty();
    assertThat(json.object("a")).isEqualTo(JsonObject.EMPTY);
    assertThat(json.stringsOrNull("a")).isNull();
    assertThat(json.numberOrNull("a")).isNull();
  }

  @Test
  void takesALoneStringForAListOfOne() {
    assertThat(Json.object("{\"Cmd\":\"true\"}").strings("Cmd")).containsExactly("true");
  }

  @Test
  void namesTheMemberThatHasTheWrongType() {
    assertThatThrownBy(() -> Json.object("{\"Memory\":\"x\"}").number("Memory"))
        .hasMessage("Memory: expected a whole number, found \"x\"");
  }

  @Test
  void buildsSetsListsAndMaps() {
    JsonObject json =
        JsonObject.builder()
            .putSet("ports", List.of("80/tcp"))
            .put("map", Map.of("k", List.of(1, 2)))
            .putUnlessEmpty("empty", "")
            .putUnlessEmpty("zero", 0)
            .putUnlessNull("none", null)
            .build();
    assertThat(json).hasToString("{\"ports\":{\"80/tcp\":{}},\"map\":{\"k\":[1,2]}}");
  }
}
