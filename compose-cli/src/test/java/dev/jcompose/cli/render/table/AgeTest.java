package dev.jcompose.cli.render.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  @ParameterizedTest
  @CsvSource({
    "PT0.9S, Less than a second",
    "PT1S, 1 second",
    "PT59S, 59 seconds",
    "PT60S, About a minute",
    "PT119S, About a minute",
    "PT2M, 2 minutes",
    "PT59M59S, 59 minutes",
    "PT1H, About an hour",
    "PT1H29M, About an hour",
    "PT1H31M, 2 hours",
    "PT47H, 47 hours",
    "P2D, 2 days",
    "P14D, 2 weeks",
    "P61D, 2 months",
    "P800D, 2 years"
  })
  void saysAgesAsDockerDoes(Duration age, String words) {
    assertThat(Age.of(age)).isEqualTo(words);
  }
}
