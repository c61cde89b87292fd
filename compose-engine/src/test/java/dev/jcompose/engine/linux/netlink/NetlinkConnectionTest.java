package dev.jcompose.engine.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetlinkConnectionTest {
  private final FakeSocket socket = new FakeSocket();
  private final NetlinkConnection connection = new NetlinkConnection(socket);

  @Test
  void anAcknowledgedRequestReturns() {
    socket.answers.add(acknowledgement(1, 0, ""));
    connection.request("try", 16, 0, body -> body.int32(7));
    assertThat(socket.sent).hasSize(1);
  }

  @Test
  void aRefusalNamesOperationErrorAndTheKernelsReason() {
    socket.answers.add(acknowledgement(1, 17, "Name in use"));
    assertThatThrownBy(() -> connection.request("create bridge b", 16, 0, body -> {}))
        .isInstanceOf(NetlinkException.class)
        .hasMessage("create bridge b: EEXIST (Name in use)");
  }

  @Test
  void answersToEarlierRequestsArePassedOver() {
    socket.answers.add(acknowledgement(99, 1, ""));
    socket.answers.add(acknowledgement(1, 0, ""));
    connection.request("try", 16, 0, body -> {});
    assertThat(socket.answers).isEmpty();
  }

  @Test
  void aListThatChangedWhileItWasReadIsReadAgain() {
    socket.answers.add(
        new MessageWriter()
            .message(16, 0x10, 1, body -> body.int32(1))
            .message(3, 0, 1, body -> body.int32(0))
            .toByteArray());
    socket.answers.add(
        new MessageWriter()
            .message(16, 0, 2, body -> body.int32(2))
            .message(3, 0, 2, body -> body.int32(0))
            .toByteArray());
    assertThat(connection.dump("list", 18, body -> {}))
        .extracting(message -> message.payload().getInt(0))
        .containsExactly(2);
  }

  @Test
  void aTransactionFailsWithTheFirstOperationThatFailed() {
    socket.answers.add(acknowledgement(2, 0, ""));
    socket.answers.add(acknowledgement(3, 2, ""));
    socket.answers.add(acknowledgement(4, 2, ""));
    assertThatThrownBy(
            () ->
                connection.transaction(
                    1,
                    transaction ->
                        transaction
                            .add("add table", 0, 0, body -> {})
                            .add("add chain", 3, 0, body -> {})
                            .add("add rule", 6, 0, body -> {})))
        .hasMessage("add chain: ENOENT");
    assertThat(NetlinkMessage.parse(socket.sent.getFirst()))
        .extracting(NetlinkMessage::type)
        .containsExactly(16, 10 << 8, 10 << 8 | 3, 10 << 8 | 6, 17);
  }

  @Test
  void aTransactionWithoutContentIsNotSent() {
    connection.transaction(1, transaction -> {});
    assertThat(socket.sent).isEmpty();
  }

  private static byte[] acknowledgement(int sequence, int errno, String text) {
    return new MessageWriter()
        .message(
            2,
            text.isEmpty() ? 0x100 : 0x300,
            sequence,
            body -> {
              body.int32(-errno).int32(16).int32(0).int32(sequence).int32(0);
              if (!text.isEmpty()) {
                body.text(1, text);
              }
            })
        .toByteArray();
  }

  private static final class FakeSocket implements NetlinkSockets.Socket {
    final List<byte[]> sent = new ArrayList<>();
    final Deque<byte[]> answers = new ArrayDeque<>();

    @Override
    public int descriptor() {
      throw new AssertionError("nobody watches it here");
    }

    @Override
    public void send(byte[] datagram) {
      sent.add(datagram);
    }

    @Override
    public byte[] receive() {
      return answers.remove();
    }

    @Override
    public void close() {}
  }
}
