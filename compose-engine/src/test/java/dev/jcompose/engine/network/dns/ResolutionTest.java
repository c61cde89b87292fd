package dev.jcompose.engine.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DnsRecordType;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResolutionTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("172.24.0.2");
  private static final InetAddress TWO = InetAddress.ofLiteral("172.24.0.3");

  private static NameView view(boolean mayAskOutside) {
    Map<String, List<InetAddress>> names = Map.of("db", List.of(ONE, TWO), "web", List.of(ONE));
    return new NameView() {
      @Override
      public Optional<List<InetAddress>> addresses(String name) {
        return Optional.ofNullable(names.get(name));
      }

      @Override
      public Optional<String> nameOf(InetAddress address) {
        return address.equals(ONE) ? Optional.of("web.net") : Optional.empty();
      }

      @Override
      public boolean mayAskOutside() {
        return mayAskOutside;
      }
    };
  }

  private static DnsAnswer answer(String name, DnsRecordType type) {
    return new Resolution(view(true), false, new Random(1)).answer(question(name, type));
  }

  private static byte[] query(String name, DnsRecordType type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(new byte[] {0, 0, (byte) type.intValue(), 0, 1});
    return out.toByteArray();
  }

  private static DnsQuestion question(String name, DnsRecordType type) {
    return DnsQuestion.parse(Unpooled.wrappedBuffer(query(name, type))).orElseThrow();
  }

  @Test
  void aNameHasTheAddressesOfAllItsContainersInAnyOrder() {
    Set<List<InetAddress>> orders = new HashSet<>();
    Resolution resolution = new Resolution(view(true), false, new Random(1));
    for (int i = 0; i < 50; i++) {
      DnsAnswer answer = resolution.answer(question("DB", DnsRecordType.A));
      orders.add(((DnsAnswer.Addresses) answer).addresses());
    }
    assertThat(orders).containsExactlyInAnyOrder(List.of(ONE, TWO), List.of(TWO, ONE));
  }

  @Test
  void aNameOfOursHasNoOtherRecordsAndIsNotAskedForOutside() {
    assertThat(answer("db", DnsRecordType.AAAA)).isEqualTo(new DnsAnswer.Addresses(List.of()));
    assertThat(answer("db", DnsRecordType.MX)).isEqualTo(new DnsAnswer.Addresses(List.of()));
  }

  @Test
  void anAddressOfOursHasAName() {
    assertThat(answer("2.0.24.172.in-addr.arpa", DnsRecordType.PTR))
        .isEqualTo(new DnsAnswer.Pointer("web.net"));
    assertThat(answer("9.0.24.172.in-addr.arpa", DnsRecordType.PTR))
        .isEqualTo(new DnsAnswer.Elsewhere());
  }

  @Test
  void otherNamesAreAskedForOutsideButNotFromInternalNetworks() {
    assertThat(answer("example.org", DnsRecordType.A)).isEqualTo(new DnsAnswer.Elsewhere());
    assertThat(
            new Resolution(view(false), false, new Random(1))
                .answer(question("example.org", DnsRecordType.A)))
        .isEqualTo(new DnsAnswer.Failure());
  }

  @Test
  void shortNamesStayInsideWhenTheUserSetNdots() {
    Resolution resolution = new Resolution(view(true), true, new Random(1));
    assertThat(resolution.answer(question("nosuch", DnsRecordType.A)))
        .isEqualTo(new DnsAnswer.NoSuchName());
    assertThat(resolution.answer(question("nosuch.example", DnsRecordType.A)))
        .isEqualTo(new DnsAnswer.Elsewhere());
  }

  @Test
  void anAnswerRepeatsTheQuestionAndPointsToItsName() {
    ByteBuf bytes =
        DnsMessages.encode(
            question("web", DnsRecordType.A), new DnsAnswer.Addresses(List.of(ONE)), 512);
    assertThat(HexFormat.of().formatHex(ByteBufUtil.getBytes(bytes)))
        .isEqualTo(
            "1234"
                + "8180"
                + "0001"
                + "0001"
                + "0000"
                + "0000"
                + "03776562"
                + "00"
                + "0001"
                + "0001"
                + "c00c"
                + "0001"
                + "0001"
                + "00000005"
                + "0004"
                + "ac180002");
  }

  @Test
  void whatDoesNotFitIsLeftOutAndTheAnswerIsMarked() {
    List<InetAddress> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(ONE);
    }
    ByteBuf bytes =
        DnsMessages.encode(question("web", DnsRecordType.A), new DnsAnswer.Addresses(many), 512);
    assertThat(bytes.readableBytes()).isLessThanOrEqualTo(512);
    assertThat(bytes.getUnsignedShort(2) & 0x0200).isNotZero();
    assertThat(bytes.getUnsignedShort(6)).isEqualTo(30);
  }

  @Test
  void theSizeThatAClientAcceptsIsReadFromItsOptRecord() {
    byte[] plain = query("web", DnsRecordType.A);
    byte[] withOpt = Arrays.copyOf(plain, plain.length + 11);
    withOpt[11] = 1;
    withOpt[plain.length + 2] = 41;
    withOpt[plain.length + 3] = 0x10;
    assertThat(DnsQuestion.parse(Unpooled.wrappedBuffer(withOpt)).orElseThrow().maximumSize())
        .isEqualTo(4096);
    assertThat(DnsQuestion.parse(Unpooled.wrappedBuffer(plain)).orElseThrow().maximumSize())
        .isEqualTo(512);
  }

  @Test
  void whatIsNoQuestionIsPassedOver() {
    byte[] response = query("web", DnsRecordType.A);
    response[2] = (byte) 0x81;
    assertThat(DnsQuestion.parse(Unpooled.wrappedBuffer(response))).isEmpty();
    assertThat(DnsQuestion.parse(Unpooled.wrappedBuffer(new byte[5]))).isEmpty();
    byte[] cut = Arrays.copyOf(query("web", DnsRecordType.A), 14);
    assertThat(DnsQuestion.parse(Unpooled.wrappedBuffer(cut))).isEmpty();
  }
}
