package dev.jcompose.engine.network.dns;

import dev.jcompose.engine.linux.NamespaceThread;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import dev.jcompose.engine.linux.netlink.nft.NftConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The name servers at 127.0.0.11 inside the containers. Their sockets are opened by a thread that
 * entered the container's network and served like any other.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures to the handlers
public final class DnsServers {
  private static final int PORT = 53;
  private static final int MAX_QUESTION = 4096;
  private static final int MAX_MESSAGE = 65535;
  private static final int TCP_IDLE_SECONDS = 10;
  private static final int BACKLOG = 64;

  private final EventLoopGroup group;
  private final NamespaceThread namespaces;
  private final NetlinkSockets netlink;
  private final Upstream upstream;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ChannelGroup> byContainer = new ConcurrentHashMap<>();

  /**
   * @param group event loops that serve all containers
   */
  public DnsServers(EventLoopGroup group, NamespaceThread namespaces, NetlinkSockets netlink) {
    this.group = group;
    this.namespaces = namespaces;
    this.netlink = netlink;
    this.upstream = new Upstream(group);
  }

  /**
   * What a server has to know of its container.
   *
   * @param view the names it can see
   * @param keepsShortNames names without a dot are not asked for outside
   * @param servers whom to ask outside, looked up for each question
   * @param leavesPortFree the container serves port 53 itself, on all its addresses
   */
  public record Zone(
      NameView view,
      boolean keepsShortNames,
      Supplier<List<InetSocketAddress>> servers,
      boolean leavesPortFree) {}

  private record Sockets(DatagramChannel udp, ServerSocketChannel tcp) {}

  /**
   * Opens the sockets of a container and answers from now on; loopback must be up inside.
   *
   * @throws IOException when the sockets cannot be opened
   */
  public void open(String containerId, Path networkNamespace, Zone zone) throws IOException {
    Sockets sockets;
    try {
      sockets =
          namespaces.call(
              networkNamespace, () -> zone.leavesPortFree ? openAside() : openSockets(PORT));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("interrupted while opening name server sockets", e);
    }
    Resolution resolution = new Resolution(zone.view, zone.keepsShortNames, random);
    ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    Responder responder = new Responder(resolution, zone.servers);
    close(containerId);
    byContainer.put(containerId, channels);
    NioDatagramChannel udp = new NioDatagramChannel(sockets.udp);
    udp.config()
        .setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_QUESTION));
    udp.pipeline().addLast(new UdpHandler(responder));
    NioServerSocketChannel tcp = new NioServerSocketChannel(sockets.tcp);
    tcp.pipeline().addLast(new Acceptor(responder, channels));
    channels.add(udp);
    channels.add(tcp);
    group.register(udp);
    group.register(tcp);
  }

  private static Sockets openSockets(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(ResolvConf.EMBEDDED_SERVER, port);
    DatagramChannel udp = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      udp.bind(address);
      ServerSocketChannel tcp = ServerSocketChannel.open(StandardProtocolFamily.INET);
      try {
        return new Sockets(udp, tcp.bind(address, BACKLOG));
      } catch (IOException | RuntimeException e) {
        tcp.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      udp.close();
      throw e;
    }
  }

  private Sockets openAside() throws IOException {
    Sockets sockets = openSockets(0);
    try (NftConnection nft = NftConnection.open(netlink)) {
      nft.apply(
          null,
          DnsRedirect.table(
              sockets.udp.socket().getLocalPort(), sockets.tcp.socket().getLocalPort()));
      return sockets;
    } catch (RuntimeException e) {
      sockets.udp.close();
      sockets.tcp.close();
      throw e;
    }
  }

  /** Closes the sockets of a container; nothing happens when there are none. */
  public void close(String containerId) {
    ChannelGroup channels = byContainer.remove(containerId);
    if (channels != null) {
      channels.close();
    }
  }

  /** Closes all sockets. */
  public void closeAll() {
    List.copyOf(byContainer.keySet()).forEach(this::close);
  }

  private final class Responder {
    private final Resolution resolution;
    private final Supplier<List<InetSocketAddress>> servers;

    Responder(Resolution resolution, Supplier<List<InetSocketAddress>> servers) {
      this.resolution = resolution;
      this.servers = servers;
    }

    void respond(ByteBuf message, Upstream.Transport transport, Consumer<ByteBuf> reply) {
      DnsQuestion question = DnsQuestion.parse(message).orElse(null);
      if (question == null) {
        return;
      }
      int limit = transport == Upstream.Transport.UDP ? question.maximumSize() : MAX_MESSAGE;
      DnsAnswer answer = resolution.answer(question);
      if (answer instanceof DnsAnswer.Elsewhere) {
        upstream.ask(
            servers.get(),
            transport,
            message,
            bytes ->
                reply.accept(
                    bytes == null
                        ? DnsMessages.encode(question, new DnsAnswer.Failure(), limit)
                        : Unpooled.wrappedBuffer(bytes)));
      } else {
        reply.accept(DnsMessages.encode(question, answer, limit));
      }
    }
  }

  private static final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Responder responder;

    UdpHandler(Responder responder) {
      this.responder = responder;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      InetSocketAddress client = packet.sender();
      responder.respond(
          packet.content(),
          Upstream.Transport.UDP,
          answer -> context.writeAndFlush(new DatagramPacket(answer, client)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A client that closed its socket too early causes "connection refused" here: nobody is
      // waiting, and the socket goes on serving the others.
    }
  }

  private final class Acceptor extends ChannelInboundHandlerAdapter {
    private final Responder responder;
    private final ChannelGroup channels;

    Acceptor(Responder responder, ChannelGroup channels) {
      this.responder = responder;
      this.channels = channels;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel client = (Channel) message;
      client
          .pipeline()
          .addLast(
              new ReadTimeoutHandler(TCP_IDLE_SECONDS),
              new LengthFieldBasedFrameDecoder(MAX_MESSAGE + 2, 0, 2, 0, 2),
              new LengthFieldPrepender(2),
              new TcpHandler(responder));
      channels.add(client);
      group.register(client);
    }
  }

  private static final class TcpHandler extends ChannelInboundHandlerAdapter {
    private final Responder responder;

    TcpHandler(Responder responder) {
      this.responder = responder;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        responder.respond(
            (ByteBuf) message, Upstream.Transport.TCP, answer -> context.writeAndFlush(answer));
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
