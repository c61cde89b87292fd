package dev.jcompose.cli.render.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "999, 999B",
    "1000, 1.00kB",
    "7051234, 7.05MB",
    "70512345, 70.5MB",
    "705123456, 705MB",
    "999999, 1.00MB"
  })
  void printsThreeDigits(long bytes, String text) {
    assertThat(Bytes.of(bytes)).isEqualTo(text);
  }
}
