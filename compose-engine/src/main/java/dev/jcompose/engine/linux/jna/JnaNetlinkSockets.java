package dev.jcompose.engine.linux.jna;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Netlink sockets through the C library. */
public final class JnaNetlinkSockets implements NetlinkSockets {
  static {
    Native.register(JnaNetlinkSockets.class, "c");
  }

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SO_RCVTIMEO = 20;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int EINTR = 4;
  private static final long ANSWER_SECONDS = 10;
  // A transaction with a thousand published ports is some 100 KiB.
  private static final int BUFFER = 4 << 20;
  private static final int DATAGRAM = 64 << 10;

  private static native int socket(int domain, int type, int protocol) throws LastErrorException;

  private static native int setsockopt(int fd, int level, int option, byte[] value, int length)
      throws LastErrorException;

  private static native int bind(int fd, byte[] address, int length) throws LastErrorException;

  private static native long send(int fd, byte[] buffer, long length, int flags)
      throws LastErrorException;

  private static native long recv(int fd, Memory buffer, long length, int flags)
      throws LastErrorException;

  private static native int close(int fd);

  @Override
  public Socket open(Family family) {
    try {
      int fd = socket(AF_NETLINK, SOCK_RAW_CLOEXEC, family.number());
      option(fd, SOL_SOCKET, SO_RCVTIMEO, timeout());
      option(fd, SOL_NETLINK, NETLINK_CAP_ACK, number(1));
      option(fd, SOL_NETLINK, NETLINK_EXT_ACK, number(1));
      option(fd, SOL_SOCKET, SO_SNDBUFFORCE, number(BUFFER));
      option(fd, SOL_SOCKET, SO_RCVBUFFORCE, number(BUFFER));
      return new JnaSocket(fd);
    } catch (LastErrorException e) {
      throw new NetlinkException("open netlink socket", e.getErrorCode(), "");
    }
  }

  @Override
  public Socket listen(Family family, int group) {
    Socket socket = open(family);
    // Bound at once: a socket without an address of its own is left out of what the kernel tells.
    byte[] address =
        ByteBuffer.allocate(12)
            .order(ByteOrder.nativeOrder())
            .putShort((short) AF_NETLINK)
            .putShort((short) 0)
            .putInt(0)
            .putInt(1 << (group - 1))
            .array();
    try {
      bind(socket.descriptor(), address, address.length);
      return socket;
    } catch (LastErrorException e) {
      socket.close();
      throw new NetlinkException("join netlink group", e.getErrorCode(), "");
    }
  }

  private static void option(int fd, int level, int option, byte[] value) {
    try {
      setsockopt(fd, level, option, value, value.length);
    } catch (LastErrorException e) {
      close(fd);
      throw e;
    }
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  private static byte[] timeout() {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.nativeOrder())
        .putLong(ANSWER_SECONDS)
        .putLong(0)
        .array();
  }

  private static final class JnaSocket implements Socket {
    private final int fd;
    private final Memory buffer = new Memory(DATAGRAM);
    private boolean closed;

    JnaSocket(int fd) {
      this.fd = fd;
    }

    @Override
    public void send(byte[] datagram) {
      try {
        JnaNetlinkSockets.send(fd, datagram, datagram.length, 0);
      } catch (LastErrorException e) {
        throw new NetlinkException("send netlink request", e.getErrorCode(), "");
      }
    }

    @Override
    public int descriptor() {
      return fd;
    }

    @Override
    public byte[] receive() {
      while (true) {
        try {
          long length = recv(fd, buffer, DATAGRAM, 0);
          return length <= 0 ? new byte[0] : buffer.getByteArray(0, (int) length);
        } catch (LastErrorException e) {
          if (e.getErrorCode() != EINTR) {
            throw new NetlinkException("receive netlink answer", e.getErrorCode(), "");
          }
        }
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        JnaNetlinkSockets.close(fd);
        buffer.close();
      }
    }
  }
}
