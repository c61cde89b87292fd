package dev.jcompose.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
  @Test
  void printsWhatItParsed() {
    for (String text : new String[] {"/_ping", "/containers/{id}/json", "/images/{name...}/tag"}) {
      assertThat(PathTemplate.parse(text)).hasToString(text);
    }
  }

  @Test
  void fitsLiteralsAndOneSegmentPerVariable() {
    assertThat(match("/containers/{id}/json", "/containers/abc/json")).containsEntry("id", "abc");
    assertThat(match("/containers/{id}/json", "/containers/a/b/json")).isNull();
    assertThat(match("/containers/{id}/json", "/containers//json")).isNull();
    assertThat(match("/containers/{id}", "/containers/abc/json")).isNull();
    assertThat(match("/info", "/info")).isEmpty();
    assertThat(match("/info", "/info/")).isNull();
  }

  @Test
  void takesAsManySegmentsAsANameHas() {
    assertThat(match("/images/{name...}/json", "/images/json/json")).containsEntry("name", "json");
    assertThat(match("/images/{name...}/json", "/images/host:5000/a/b:1/json"))
        .containsEntry("name", "host:5000/a/b:1");
    assertThat(match("/images/{name...}", "/images/a/json")).containsEntry("name", "a/json");
    assertThat(match("/images/{name...}/json", "/images/json")).isNull();
  }

  private static @Nullable Map<String, String> match(String template, String path) {
    return PathTemplate.parse(template).match(PathTemplate.segments(path));
  }
}
