package dev.jcompose.cli.render.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Sizes for people, as docker prints them. */
public final class Bytes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private static final String[] BINARY_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Bytes() {}

  /** Text such as "1.952GiB", in powers of 1024 and four digits; what docker uses for memory. */
  public static String binary(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < BINARY_UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    String digits =
        new BigDecimal(amount).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    return digits + BINARY_UNITS[unit];
  }

  /** Text such as "7.05MB", in powers of 1000 and at most three digits. */
  public static String of(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 999.5 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    String digits =
        unit == 0
            ? Long.toString(bytes)
            : amount >= 99.95
                ? String.format(Locale.ROOT, "%.0f", amount)
                : amount >= 9.995
                    ? String.format(Locale.ROOT, "%.1f", amount)
                    : String.format(Locale.ROOT, "%.2f", amount);
    return digits + UNITS[unit];
  }
}
