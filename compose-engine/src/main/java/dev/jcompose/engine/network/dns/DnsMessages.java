package dev.jcompose.engine.network.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Answers as bytes (RFC 1035, 4.1). */
final class DnsMessages {
  /** Short, because a container that is made anew may get another address. */
  static final int TTL_SECONDS = 5;

  private static final int RESPONSE = 0x8000;
  private static final int TRUNCATED = 0x0200;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RECURSION_AVAILABLE = 0x0080;
  private static final int HEADER = 12;
  private static final int CLASS_IN = 1;
  private static final int POINTER_TO_QUESTION = 0xc000 | HEADER;
  private static final int ADDRESS_RECORD = 16;

  private DnsMessages() {}

  /**
   * The bytes of an answer of ours.
   *
   * @param limit largest size in bytes; what does not fit is left out and the answer is marked
   */
  static ByteBuf encode(DnsQuestion question, DnsAnswer answer, int limit) {
    return switch (answer) {
      case DnsAnswer.Addresses found -> addresses(question, found, limit);
      case DnsAnswer.Pointer pointer -> pointer(question, pointer.name());
      case DnsAnswer.NoSuchName _ -> header(question, DnsResponseCode.NXDOMAIN, 0, false);
      case DnsAnswer.Failure _, DnsAnswer.Elsewhere _ ->
          header(question, DnsResponseCode.SERVFAIL, 0, false);
    };
  }

  private static ByteBuf addresses(DnsQuestion question, DnsAnswer.Addresses found, int limit) {
    int room = (limit - HEADER - question.section().length) / ADDRESS_RECORD;
    int count = Math.min(found.addresses().size(), Math.max(room, 0));
    ByteBuf buffer =
        header(question, DnsResponseCode.NOERROR, count, count < found.addresses().size());
    for (InetAddress address : found.addresses().subList(0, count)) {
      record(buffer, DnsRecordType.A).writeShort(4).writeBytes(address.getAddress());
    }
    return buffer;
  }

  private static ByteBuf pointer(DnsQuestion question, String name) {
    ByteBuf buffer = header(question, DnsResponseCode.NOERROR, 1, false);
    ByteBuf encoded = Unpooled.buffer();
    for (String label : name.split("\\.", -1)) {
      byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
      encoded.writeByte(bytes.length).writeBytes(bytes);
    }
    encoded.writeByte(0);
    return record(buffer, DnsRecordType.PTR)
        .writeShort(encoded.readableBytes())
        .writeBytes(encoded);
  }

  private static ByteBuf record(ByteBuf buffer, DnsRecordType type) {
    return buffer
        .writeShort(POINTER_TO_QUESTION)
        .writeShort(type.intValue())
        .writeShort(CLASS_IN)
        .writeInt(TTL_SECONDS);
  }

  private static ByteBuf header(
      DnsQuestion question, DnsResponseCode code, int answers, boolean truncated) {
    int flags =
        RESPONSE
            | RECURSION_AVAILABLE
            | (question.recursionDesired() ? RECURSION_DESIRED : 0)
            | (truncated ? TRUNCATED : 0)
            | code.intValue();
    return Unpooled.buffer(HEADER + question.section().length + answers * ADDRESS_RECORD)
        .writeShort(question.id())
        .writeShort(flags)
        .writeShort(1)
        .writeShort(answers)
        .writeShort(0)
        .writeShort(0)
        .writeBytes(question.section());
  }
}
