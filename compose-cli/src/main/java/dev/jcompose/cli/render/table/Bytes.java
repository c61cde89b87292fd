package dev.jcompose.cli.render.table;

import java.util.Locale;

/** Sizes for people, in powers of 1000 as docker prints them. */
public final class Bytes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Bytes() {}

  /** Text such as "7.05MB": at most three digits. */
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
