package dev.jcompose.engine.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** DNS messages written and read by hand, so that no code of the engine tests itself. */
final class DnsQueries {
  private DnsQueries() {}

  static byte[] query(int id, String name, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) (id >> 8), (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
    return out.toByteArray();
  }

  /** The addresses of the A records of an answer; names in it must be pointers. */
  static List<InetAddress> addresses(byte[] message) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(message);
    int count = buffer.getShort(6);
    int at = 12;
    while (message[at] != 0) {
      at += message[at] + 1;
    }
    at += 5;
    List<InetAddress> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = buffer.getShort(at + 10);
      if (buffer.getShort(at + 2) == 1) {
        found.add(InetAddress.getByAddress(Arrays.copyOfRange(message, at + 12, at + 12 + length)));
      }
      at += 12 + length;
    }
    return found;
  }

  static int code(byte[] message) {
    return message[3] & 0xf;
  }

  /** A name server that knows one address for everything. */
  static Server server(InetAddress at, InetAddress answer) throws IOException {
    DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(at, 53));
    AtomicInteger questions = new AtomicInteger();
    Thread.ofVirtual()
        .start(
            () -> {
              ByteBuffer buffer = ByteBuffer.allocate(512);
              while (channel.isOpen()) {
                try {
                  SocketAddress client = channel.receive(buffer.clear());
                  questions.incrementAndGet();
                  ByteBuffer reply = ByteBuffer.allocate(512).put(buffer.flip());
                  reply.put(2, (byte) 0x81).put(3, (byte) 0x80).put(7, (byte) 1);
                  reply.put(new byte[] {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4});
                  channel.send(reply.put(answer.getAddress()).flip(), client);
                } catch (IOException e) {
                  return;
                }
              }
            });
    return new Server(channel, questions);
  }

  record Server(DatagramChannel channel, AtomicInteger count) implements AutoCloseable {
    int questions() {
      return count.get();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
