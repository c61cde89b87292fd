package dev.jcompose.core.yaml;

/** Numbers printed as Go does, because docker compose's output and hashes are made of them. */
public final class GoNumbers {
  private GoNumbers() {}

  /**
   * The shortest text that reads back to the number; an exponent from 10^21 and below 10^-4, as
   * {@code %v} has it.
   */
  public static String print(double number) {
    return print(number, -4, 21);
  }

  /** The shortest text for JSON: an exponent from 10^21 and below 10^-6. */
  public static String json(double number) {
    return print(number, -6, 21);
  }

  private static String print(double number, int least, int most) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    String shortest = Double.toString(Math.abs(number));
    int e = shortest.indexOf('E');
    int exponent = e < 0 ? 0 : Integer.parseInt(shortest.substring(e + 1));
    String mantissa = e < 0 ? shortest : shortest.substring(0, e);
    int dot = mantissa.indexOf('.');
    String digits = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int point = dot + exponent;
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    digits = digits.substring(first);
    point -= first;
    int last = digits.length();
    while (last > 1 && digits.charAt(last - 1) == '0') {
      last--;
    }
    digits = digits.substring(0, last);
    StringBuilder text = new StringBuilder(number < 0 ? "-" : "");
    if (point - 1 < least || point - 1 >= most) {
      int power = point - 1;
      text.append(digits.charAt(0));
      if (digits.length() > 1) {
        text.append('.').append(digits, 1, digits.length());
      }
      text.append('e').append(power < 0 ? '-' : '+');
      return text.append(Math.abs(power) < 10 ? "0" : "").append(Math.abs(power)).toString();
    }
    if (point <= 0) {
      return text.append("0.").repeat('0', -point).append(digits).toString();
    }
    if (point >= digits.length()) {
      return text.append(digits).repeat('0', point - digits.length()).toString();
    }
    return text.append(digits, 0, point).append('.').append(digits.substring(point)).toString();
  }
}
