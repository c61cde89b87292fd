package dev.jcompose.engine.linux.netlink.nft;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A value that rules compare with and sets hold. */
public sealed interface Datum {
  /** What kind of value it is. */
  DatumType type();

  /** The value as registers hold it: network byte order, padded to a multiple of four bytes. */
  byte[] bytes();

  /** The value as {@code nft} writes it. */
  String text();

  /** Name of a network interface, at most 15 characters. */
  record Interface(String name) implements Datum {
    @Override
    public DatumType type() {
      return DatumType.IFNAME;
    }

    @Override
    public byte[] bytes() {
      return Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), DatumType.IFNAME.length());
    }

    @Override
    public String text() {
      return '"' + name + '"';
    }
  }

  /** An IPv4 address. */
  record Address(InetAddress address) implements Datum {
    @Override
    public DatumType type() {
      return DatumType.IPV4;
    }

    @Override
    public byte[] bytes() {
      return address.getAddress();
    }

    @Override
    public String text() {
      return address.getHostAddress();
    }
  }

  /** An IPv4 network: all addresses from its first to its last. Only for interval sets. */
  record Prefix(InetAddress first, int length) implements Datum {
    @Override
    public DatumType type() {
      return DatumType.IPV4;
    }

    @Override
    public byte[] bytes() {
      return first.getAddress();
    }

    /** The first address after the network. */
    byte[] end() {
      int start = ByteBuffer.wrap(first.getAddress()).getInt();
      return ByteBuffer.allocate(4).putInt((int) (start + (1L << (32 - length)))).array();
    }

    /** A mask of {@code length} leading ones. */
    byte[] mask() {
      return ByteBuffer.allocate(4).putInt((int) (0xffffffffL << (32 - length))).array();
    }

    @Override
    public String text() {
      return first.getHostAddress() + "/" + length;
    }
  }

  /** A transport protocol. */
  enum Transport implements Datum {
    TCP(6),
    UDP(17);

    private final int number;

    Transport(int number) {
      this.number = number;
    }

    @Override
    public DatumType type() {
      return DatumType.PROTOCOL;
    }

    @Override
    public byte[] bytes() {
      return new byte[] {(byte) number, 0, 0, 0};
    }

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A port, 1 to 65535. */
  record Port(int number) implements Datum {
    @Override
    public DatumType type() {
      return DatumType.PORT;
    }

    @Override
    public byte[] bytes() {
      return new byte[] {(byte) (number >>> 8), (byte) number, 0, 0};
    }

    @Override
    public String text() {
      return Integer.toString(number);
    }
  }
}
