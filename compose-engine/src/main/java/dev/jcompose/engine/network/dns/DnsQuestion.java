package dev.jcompose.engine.network.dns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client asked.
 *
 * @param id number by which the client tells its queries apart
 * @param recursionDesired flag that the answer repeats
 * @param name lower case, without the final dot
 * @param type type of the records asked for
 * @param section the question as it stood in the message, to be repeated in the answer
 * @param maximumSize bytes the client accepts in one datagram, at least 512
 */
@SuppressWarnings("ArrayRecordComponent") // copied into the answer, never compared
record DnsQuestion(
    int id,
    boolean recursionDesired,
    String name,
    DnsRecordType type,
    byte[] section,
    int maximumSize) {
  private static final int HEADER = 12;
  private static final int PLAIN_SIZE = 512;
  private static final int RESPONSE = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int RECURSION_DESIRED = 0x0100;

  /** The question of a standard query; empty for anything else. The reader index is not moved. */
  static Optional<DnsQuestion> parse(ByteBuf message) {
    ByteBuf buffer = message.duplicate();
    if (buffer.readableBytes() < HEADER) {
      return Optional.empty();
    }
    int start = buffer.readerIndex();
    int flags = buffer.getUnsignedShort(start + 2);
    if ((flags & (RESPONSE | OPCODE)) != 0 || buffer.getUnsignedShort(start + 4) != 1) {
      return Optional.empty();
    }
    try {
      buffer.skipBytes(HEADER);
      String name = DefaultDnsRecordDecoder.decodeName(buffer);
      DnsRecordType type = DnsRecordType.valueOf(buffer.readUnsignedShort());
      buffer.skipBytes(2);
      byte[] section = new byte[buffer.readerIndex() - start - HEADER];
      buffer.getBytes(start + HEADER, section);
      return Optional.of(
          new DnsQuestion(
              buffer.getUnsignedShort(start),
              (flags & RECURSION_DESIRED) != 0,
              withoutDot(name.toLowerCase(Locale.ROOT)),
              type,
              section,
              maximumSize(buffer, start)));
    } catch (RuntimeException e) {
      // Whatever the decoder stumbles over is the client's fault.
      return Optional.empty();
    }
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  // An OPT record among the additional ones tells the size in place of its class (RFC 6891, 6.1.2).
  private static int maximumSize(ByteBuf buffer, int start) {
    int additional = buffer.getUnsignedShort(start + 10);
    boolean nothingBefore = buffer.getInt(start + 6) == 0;
    if (!nothingBefore || additional == 0) {
      return PLAIN_SIZE;
    }
    try {
      DnsRecord record = DnsRecordDecoder.DEFAULT.decodeRecord(buffer);
      if (record == null) {
        return PLAIN_SIZE;
      }
      try {
        return record.type().equals(DnsRecordType.OPT)
            ? Math.max(PLAIN_SIZE, record.dnsClass())
            : PLAIN_SIZE;
      } finally {
        ReferenceCountUtil.release(record);
      }
    } catch (Exception e) {
      return PLAIN_SIZE;
    }
  }
}
