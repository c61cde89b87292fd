package dev.jcompose.engine.network.publish;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Carries datagrams to a container and its answers back. Each client has a socket of its own
 * towards the container, until nothing went through it for a while.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a datagram that cannot be sent is lost, as ever
final class UdpForwarder extends SimpleChannelInboundHandler<DatagramPacket> {
  /** Largest datagram of IPv4: 65535 less the two headers. */
  static final int MAX_DATAGRAM = 65507;

  private static final int IDLE_SECONDS = 90;
  private static final int MAX_SESSIONS = 4096;

  private final InetSocketAddress target;
  private final Map<InetSocketAddress, ChannelFuture> sessions = new HashMap<>();

  UdpForwarder(InetSocketAddress target) {
    this.target = target;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    InetSocketAddress client = packet.sender();
    ChannelFuture session = sessions.get(client);
    if (session == null) {
      if (sessions.size() >= MAX_SESSIONS) {
        return;
      }
      session = connect(context, client);
      sessions.put(client, session);
    }
    ByteBuf content = packet.content().retain();
    session.addListener(
        (ChannelFuture connected) -> {
          if (connected.isSuccess()) {
            connected.channel().writeAndFlush(content);
          } else {
            content.release();
            sessions.remove(client);
          }
        });
  }

  private ChannelFuture connect(ChannelHandlerContext front, InetSocketAddress client) {
    // The same event loop as the front, so the table of sessions needs no lock.
    return new Bootstrap()
        .group(front.channel().eventLoop())
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS), new Back(front, client));
              }
            })
        .connect(target);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sessions.values().forEach(session -> session.channel().close());
    sessions.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // "Connection refused" of one client must not end the port for the others.
  }

  private final class Back extends SimpleChannelInboundHandler<DatagramPacket> {
    private final ChannelHandlerContext front;
    private final InetSocketAddress client;

    Back(ChannelHandlerContext front, InetSocketAddress client) {
      this.front = front;
      this.client = client;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      front.writeAndFlush(new DatagramPacket(packet.content().retain(), client));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof IdleStateEvent) {
        context.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      sessions.remove(client);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Nobody listens in the container at the moment; it may later.
    }
  }
}
