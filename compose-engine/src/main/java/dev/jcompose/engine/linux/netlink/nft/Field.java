package dev.jcompose.engine.linux.netlink.nft;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a rule can look at in a packet. */
public enum Field {
  /** Interface it came in by. */
  IIFNAME("iifname", DatumType.IFNAME, false),
  /** Interface it goes out by. */
  OIFNAME("oifname", DatumType.IFNAME, false),
  /** IPv4 source address. */
  IP_SADDR("ip saddr", DatumType.IPV4, true),
  /** IPv4 destination address. */
  IP_DADDR("ip daddr", DatumType.IPV4, true),
  /** Transport protocol. */
  L4PROTO("meta l4proto", DatumType.PROTOCOL, false),
  /** Destination port of any transport protocol that has ports. */
  TH_DPORT("th dport", DatumType.PORT, false);

  private static final int META_NFPROTO = 15;
  private static final int NFPROTO_IPV4 = 2;
  private static final int NETWORK_HEADER = 1;
  private static final int TRANSPORT_HEADER = 2;

  private final String text;
  private final DatumType type;
  private final boolean ipv4Only;

  Field(String text, DatumType type, boolean ipv4Only) {
    this.text = text;
    this.type = type;
    this.ipv4Only = ipv4Only;
  }

  String text() {
    return text;
  }

  DatumType type() {
    return type;
  }

  static String text(List<Field> fields) {
    return fields.stream().map(Field::text).collect(Collectors.joining(" . "));
  }

  /** Loads fields one behind the other into the registers from the first on. */
  static void load(List<Field> fields, Expressions to) {
    // A table of family inet sees both versions: an IPv4 field must not be read from an IPv6
    // packet.
    if (fields.stream().anyMatch(field -> field.ipv4Only)) {
      to.meta(META_NFPROTO, Expressions.FIRST_REGISTER)
          .compare(Expressions.FIRST_REGISTER, false, new byte[] {NFPROTO_IPV4});
    }
    int register = Expressions.FIRST_REGISTER;
    for (Field field : fields) {
      field.load(register, to);
      register += field.type.length() / 4;
    }
  }

  private void load(int register, Expressions to) {
    switch (this) {
      case IIFNAME -> to.meta(6, register);
      case OIFNAME -> to.meta(7, register);
      case L4PROTO -> to.meta(16, register);
      case IP_SADDR -> to.payload(NETWORK_HEADER, 12, 4, register);
      case IP_DADDR -> to.payload(NETWORK_HEADER, 16, 4, register);
      case TH_DPORT -> to.payload(TRANSPORT_HEADER, 2, 2, register);
    }
  }

  /** The bytes of a value as they stand in a register right after loading, without padding. */
  byte[] loaded(Datum value) {
    int length =
        switch (this) {
          case L4PROTO -> 1;
          case TH_DPORT -> 2;
          case IIFNAME, OIFNAME, IP_SADDR, IP_DADDR -> type.length();
        };
    return Arrays.copyOf(value.bytes(), length);
  }
}
