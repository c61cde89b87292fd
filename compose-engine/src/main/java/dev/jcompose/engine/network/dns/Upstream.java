package dev.jcompose.engine.network.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.dns.DnsResponseCode;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks name servers outside, from this machine's own network. Bytes go through as they are, in both
 * directions. Each question has a socket of its own, so none waits for another and each has an
 * unforeseeable port.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures to the handlers
final class Upstream {
  private static final int MAX_SERVERS = 3;
  private static final int TIMEOUT_SECONDS = 4;
  private static final int MAX_OPEN_QUESTIONS = 1024;
  private static final int MAX_MESSAGE = 65535;

  private final EventLoopGroup group;
  private final AtomicInteger open = new AtomicInteger();

  Upstream(EventLoopGroup group) {
    this.group = group;
  }

  /** How a question travels: a client that came by TCP gets an answer that came by TCP. */
  enum Transport {
    UDP,
    TCP
  }

  /**
   * Asks one server after the other until one gives an answer.
   *
   * @param message the bytes of the question; a copy is taken before this returns
   * @param then gets the bytes of the answer, null when there was none; called exactly once
   */
  void ask(
      List<InetSocketAddress> servers,
      Transport transport,
      ByteBuf message,
      Consumer<byte @Nullable []> then) {
    if (open.incrementAndGet() > MAX_OPEN_QUESTIONS) {
      open.decrementAndGet();
      then.accept(null);
      return;
    }
    List<InetSocketAddress> chosen = servers.subList(0, Math.min(MAX_SERVERS, servers.size()));
    new Attempt(
            chosen,
            transport,
            ByteBufUtil.getBytes(message),
            answer -> {
              open.decrementAndGet();
              then.accept(answer);
            })
        .next(0, null);
  }

  private final class Attempt {
    private final List<InetSocketAddress> servers;
    private final Transport transport;
    private final byte[] question;
    private final Consumer<byte @Nullable []> then;

    Attempt(
        List<InetSocketAddress> servers,
        Transport transport,
        byte[] question,
        Consumer<byte @Nullable []> then) {
      this.servers = servers;
      this.transport = transport;
      this.question = question;
      this.then = then;
    }

    /**
     * @param refused what an earlier server answered, good enough when no other does better
     */
    void next(int index, byte @Nullable [] refused) {
      if (index == servers.size()) {
        then.accept(refused);
        return;
      }
      Bootstrap bootstrap = bootstrap(new Reply(this, index, refused));
      bootstrap
          .connect(servers.get(index))
          .addListener(
              (ChannelFuture connected) -> {
                if (connected.isSuccess()) {
                  connected.channel().writeAndFlush(Unpooled.wrappedBuffer(question));
                } else {
                  next(index + 1, refused);
                }
              });
    }

    private Bootstrap bootstrap(Reply reply) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(group)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_SECONDS * 1000);
      return switch (transport) {
        case UDP ->
            bootstrap
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_MESSAGE))
                .handler(reply);
        case TCP ->
            bootstrap
                .channel(NioSocketChannel.class)
                .handler(
                    new ChannelInitializer<Channel>() {
                      @Override
                      protected void initChannel(Channel channel) {
                        channel
                            .pipeline()
                            .addLast(
                                new LengthFieldBasedFrameDecoder(MAX_MESSAGE + 2, 0, 2, 0, 2),
                                new LengthFieldPrepender(2),
                                reply);
                      }
                    });
      };
    }
  }

  private static final class Reply extends SimpleChannelInboundHandler<Object> {
    private final Attempt attempt;
    private final int index;
    private final byte @Nullable [] refused;
    private boolean done;

    Reply(Attempt attempt, int index, byte @Nullable [] refused) {
      this.attempt = attempt;
      this.index = index;
      this.refused = refused;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      var _ =
          context
              .executor()
              .schedule(() -> proceed(context, refused), TIMEOUT_SECONDS, TimeUnit.SECONDS);
      context.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Object message) {
      ByteBuf content =
          message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message;
      byte[] answer = ByteBufUtil.getBytes(content);
      byte[] question = attempt.question;
      if (answer.length < 12 || answer[0] != question[0] || answer[1] != question[1]) {
        return;
      }
      int code = answer[3] & 0xf;
      if (code == DnsResponseCode.SERVFAIL.intValue()
          || code == DnsResponseCode.REFUSED.intValue()) {
        proceed(context, answer);
      } else if (!done) {
        done = true;
        context.close();
        attempt.then.accept(answer);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      proceed(context, refused);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      proceed(context, refused);
    }

    private void proceed(ChannelHandlerContext context, byte @Nullable [] best) {
      if (!done) {
        done = true;
        context.close();
        attempt.next(index + 1, best);
      }
    }
  }
}
