package dev.jcompose.engine.network.publish;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;

/**
 * Accepts connections and carries their bytes to a container and back. Each direction ends on its
 * own, and reading stops while the other side does not keep up.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures to the handlers
final class TcpForwarder extends ChannelInboundHandlerAdapter {
  private static final int CONNECT_MILLIS = 10_000;

  private final EventLoopGroup group;
  private final InetSocketAddress target;
  private final ChannelGroup open;

  /**
   * @param open gets every connection, so that they can be ended with the port
   */
  TcpForwarder(EventLoopGroup group, InetSocketAddress target, ChannelGroup open) {
    this.group = group;
    this.target = target;
    this.open = open;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel client = (Channel) message;
    client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    client.config().setOption(ChannelOption.TCP_NODELAY, true);
    client.config().setAutoRead(false);
    open.add(client);
    group
        .register(client)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                connect(client);
              } else {
                client.close();
              }
            });
  }

  private void connect(Channel client) {
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .handler(new Pipe(client))
        .connect(target)
        .addListener(
            (ChannelFuture connected) -> {
              Channel server = connected.channel();
              if (!connected.isSuccess()) {
                // The client sees a reset, as if nobody listened here.
                client.config().setOption(ChannelOption.SO_LINGER, 0);
                client.close();
                return;
              }
              open.add(server);
              client.pipeline().addLast(new Pipe(server));
              client.config().setAutoRead(true);
              server.config().setAutoRead(true);
            });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Too many open files, for instance: the connection is lost, the port goes on.
  }

  /** Carries what one side sends to the other. */
  private static final class Pipe extends ChannelInboundHandlerAdapter {
    private final Channel other;
    private boolean inputEnded;

    Pipe(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      other.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      other.flush();
      context.channel().config().setAutoRead(other.isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      other.config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent && !inputEnded) {
        inputEnded = true;
        // Behind everything written before, or it would be thrown away.
        other
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(
                written -> {
                  ((DuplexChannel) other)
                      .shutdownOutput()
                      .addListener(ended -> closeWhenBothEnded(context.channel()));
                });
      }
    }

    private void closeWhenBothEnded(Channel mine) {
      boolean otherEnded = ((DuplexChannel) other).isInputShutdown();
      boolean mineEnded = ((DuplexChannel) mine).isOutputShutdown();
      if (otherEnded && mineEnded) {
        mine.close();
        other.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
