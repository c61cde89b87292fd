package dev.jcompose.core.project.network;

/** The grammar of IP addresses, checked without ever asking a name server. */
public final class IpAddress {
  private IpAddress() {}

  /** Whether the text is an IPv4 or IPv6 address, without brackets or prefix length. */
  public static boolean isValid(String text) {
    return text.indexOf(':') >= 0 ? isV6(text) : isV4(text);
  }

  /** Whether the text is four decimal bytes with dots. */
  public static boolean isV4(String text) {
    int parts = 0;
    int start = 0;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if (!isByte(text, start, end)) {
        return false;
      }
      parts++;
      if (dot < 0) {
        break;
      }
      start = dot + 1;
    }
    return parts == 4;
  }

  private static boolean isByte(String text, int start, int end) {
    if (end <= start || end - start > 3) {
      return false;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + (c - '0');
    }
    return value <= 255 && (end - start == 1 || text.charAt(start) != '0');
  }

  /** Whether the text is an IPv6 address, possibly with {@code ::}, an IPv4 tail or a zone. */
  public static boolean isV6(String text) {
    int zone = text.indexOf('%');
    String rest = zone < 0 ? text : text.substring(0, zone);
    int gap = rest.indexOf("::");
    if (gap < 0) {
      return groups(rest, false) == 8;
    }
    int before = groups(rest.substring(0, gap), true);
    int after = groups(rest.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  private static int groups(String text, boolean mayBeEmpty) {
    if (text.isEmpty()) {
      return mayBeEmpty ? 0 : -1;
    }
    int count = 0;
    int start = 0;
    while (start <= text.length()) {
      int colon = text.indexOf(':', start);
      String group = colon < 0 ? text.substring(start) : text.substring(start, colon);
      if (group.indexOf('.') >= 0) {
        return colon < 0 && isV4(group) ? count + 2 : -1;
      }
      if (group.isEmpty() || group.length() > 4) {
        return -1;
      }
      for (int i = 0; i < group.length(); i++) {
        if (Character.digit(group.charAt(i), 16) < 0) {
          return -1;
        }
      }
      count++;
      if (colon < 0) {
        return count;
      }
      start = colon + 1;
    }
    return -1;
  }
}
