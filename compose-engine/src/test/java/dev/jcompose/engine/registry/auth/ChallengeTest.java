package dev.jcompose.engine.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
  @Test
  void readsQuotedParametersWithCommasInThem() {
    assertThat(
            Challenge.parse(
                List.of(
                    "Bearer"
                        + " realm=\"https://auth.example/token\",service=\"registry.example\",scope=\"repository:a/b:pull,push\"")))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.example/token",
                    "service", "registry.example",
                    "scope", "repository:a/b:pull,push")));
  }

  @Test
  void readsSeveralChallengesInOneHeaderAndInSeveral() {
    assertThat(
            Challenge.parse(
                List.of("Basic realm=\"a\\\"b\", Bearer realm=x , service = y", "Negotiate")))
        .containsExactly(
            new Challenge("basic", Map.of("realm", "a\"b")),
            new Challenge("bearer", Map.of("realm", "x", "service", "y")),
            new Challenge("negotiate", Map.of()));
  }

  @Test
  void skipsWhatMakesNoSense() {
    assertThat(Challenge.parse(List.of("", ",,", "=", "\"", "a=b"))).isEmpty();
  }
}
