package dev.jcompose.engine.linux.netlink.nft;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Kinds of values; code and name are those of the {@code nft} program, which lists sets by them.
 */
public enum DatumType {
  IFNAME("ifname", 41, 16),
  IPV4("ipv4_addr", 7, 4),
  PROTOCOL("inet_proto", 12, 4),
  PORT("inet_service", 13, 4);

  private final String text;
  private final int code;
  private final int length;

  DatumType(String text, int code, int length) {
    this.text = text;
    this.code = code;
    this.length = length;
  }

  /** Bytes that a value takes in registers. */
  int length() {
    return length;
  }

  static int length(List<DatumType> types) {
    return types.stream().mapToInt(DatumType::length).sum();
  }

  static String text(List<DatumType> types) {
    return types.stream().map(type -> type.text).collect(Collectors.joining(" . "));
  }

  /** The code of a concatenation: six bits for each part, the first part highest. */
  static int code(List<DatumType> types) {
    int code = 0;
    for (DatumType type : types) {
      code = code << 6 | type.code;
    }
    return code;
  }
}
