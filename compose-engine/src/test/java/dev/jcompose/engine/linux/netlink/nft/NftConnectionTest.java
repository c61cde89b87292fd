package dev.jcompose.engine.linux.netlink.nft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.linux.netlink.MessageWriter;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftConnectionTest {
  private static final int NEWTABLE = 0xa00;
  private static final int DELTABLE = 0xa02;
  private static final int NEWCHAIN = 0xa03;
  private static final int NEWRULE = 0xa06;
  private static final int NEWSET = 0xa09;
  private static final int NEWSETELEM = 0xa0c;
  private static final int DELSETELEM = 0xa0e;

  private final AgreeingSockets sockets = new AgreeingSockets();
  private final NftConnection connection = NftConnection.open(sockets);

  private static NftTable table(String... bridges) {
    return new NftTable(
        "t",
        List.of(
            NftSet.of(
                "bridges",
                List.of(DatumType.IFNAME),
                Arrays.stream(bridges)
                    .map(name -> List.<Datum>of(new Datum.Interface(name)))
                    .toList())),
        List.of(
            new NftChain(
                "forward",
                "filter",
                NftChain.Hook.FORWARD,
                0,
                List.of(List.of(outToABridge(), Statement.Verdict.DROP)))));
  }

  private static Statement outToABridge() {
    return Statement.In.set("bridges", Field.OIFNAME);
  }

  @Test
  void anUnknownTableIsReplacedWhole() {
    connection.apply(null, table("jc-1"));
    assertThat(sockets.types())
        .containsExactly(
            16, NEWTABLE, DELTABLE, NEWTABLE, NEWSET, NEWSETELEM, NEWCHAIN, NEWRULE, 17);
  }

  @Test
  void aChangeOfElementsSendsOnlyElements() {
    connection.apply(table("jc-1", "jc-2"), table("jc-2", "jc-3"));
    assertThat(sockets.types()).containsExactly(16, DELSETELEM, NEWSETELEM, 17);
  }

  @Test
  void noChangeSendsNothing() {
    connection.apply(table("jc-1"), table("jc-1"));
    assertThat(sockets.sent).isEmpty();
  }

  @Test
  void deletingSucceedsWhetherOrNotTheTableIsThere() {
    connection.delete("t");
    assertThat(sockets.types()).containsExactly(16, NEWTABLE, DELTABLE, 17);
  }

  @Test
  void aRuleIsEncodedAsTheNftProgramDoes() {
    MessageWriter writer = new MessageWriter();
    writer.message(
        0,
        0,
        0,
        body -> {
          Expressions expressions = new Expressions(body);
          outToABridge().encode(expressions);
          Statement.Verdict.DROP.encode(expressions);
        });
    byte[] message = writer.toByteArray();
    assertThat(HexFormat.of().formatHex(message, 16, message.length))
        .isEqualTo(
            // meta load oifname => reg 8
            "24000180"
                + "09000100"
                + "6d657461"
                + "00000000"
                + "14000280"
                + "0800020000000007"
                + "0800010000000008"
                // lookup reg 8 set bridges
                + "28000180"
                + "0b000100"
                + "6c6f6f6b757000"
                + "00"
                + "18000280"
                + "0c000100"
                + "6272696467657300"
                + "0800020000000008"
                // immediate reg 0 drop
                + "30000180"
                + "0e000100"
                + "696d6d65646961746500"
                + "0000"
                + "1c000280"
                + "0800010000000000"
                + "10000280"
                + "0c000280"
                + "0800010000000000");
  }

  @Test
  void aNetworkIsTheIntervalFromItsFirstAddressToTheOneAfterItsLast() {
    Datum.Prefix prefix = new Datum.Prefix(InetAddress.ofLiteral("172.24.255.0"), 24);
    assertThat(prefix.bytes()).containsExactly(172, 24, 255, 0);
    assertThat(prefix.end()).containsExactly(172, 25, 0, 0);
    assertThat(prefix.mask()).containsExactly(255, 255, 255, 0);
  }

  /** Acknowledges every message that asks for it. */
  private static final class AgreeingSockets implements NetlinkSockets, NetlinkSockets.Socket {
    final List<byte[]> sent = new ArrayList<>();
    private byte[] answer = {};

    @Override
    public Socket open(Family family) {
      assertThat(family).isEqualTo(Family.NETFILTER);
      return this;
    }

    @Override
    public Socket listen(Family family, int group) {
      return open(family);
    }

    @Override
    public int descriptor() {
      throw new AssertionError("nobody watches it here");
    }

    List<Integer> types() {
      List<Integer> types = new ArrayList<>();
      ByteBuffer buffer = ByteBuffer.wrap(sent.getFirst()).order(ByteOrder.nativeOrder());
      for (int at = 0; at < buffer.limit(); at += buffer.getInt(at)) {
        types.add((int) buffer.getShort(at + 4));
      }
      return types;
    }

    @Override
    public void send(byte[] datagram) {
      sent.add(datagram);
      MessageWriter answers = new MessageWriter();
      ByteBuffer buffer = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
      for (int at = 0; at < buffer.limit(); at += buffer.getInt(at)) {
        int sequence = buffer.getInt(at + 8);
        if ((buffer.getShort(at + 6) & 4) != 0) {
          answers.message(2, 0x100, sequence, body -> body.int32(0));
        }
      }
      answer = answers.toByteArray();
    }

    @Override
    public byte[] receive() {
      return answer;
    }

    @Override
    public void close() {}
  }
}
