package dev.jcompose.engine.http;

import dev.jcompose.engine.http.channel.EndOfInput;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serves a table of routes on a unix socket. Handlers run on virtual threads, so that they may
 * block; the two event loops only move bytes.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ApiServer.class.getName());
  private static final int LOOPS = 2;

  private final Path socket;
  private final Router router;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger running = new AtomicInteger();
  private volatile long lastActivity = System.nanoTime();
  private @Nullable EventLoopGroup loops;
  private @Nullable Channel listener;

  /** Opens nothing before {@link #start}. */
  public ApiServer(Path socket, List<Route> routes) {
    this.socket = socket;
    this.router = new Router(routes);
  }

  /**
   * Listens on the socket, which only root and its group may open. A file left by an engine that is
   * gone is replaced: the caller holds the lock of the run directory.
   *
   * @throws IOException when the socket cannot be made
   */
  public void start() throws IOException {
    Files.deleteIfExists(socket);
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    loops = group;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerDomainSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    EndOfInput end = new EndOfInput();
                    channel.config().setRecvByteBufAllocator(end);
                    channel
                        .pipeline()
                        .addLast(new HttpRequestDecoder(), new Connection(answers(), end));
                  }
                });
    try {
      listener = bootstrap.bind(UnixDomainSocketAddress.of(socket)).syncUninterruptibly().channel();
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    } catch (Exception e) {
      close();
      // Netty rethrows checked exceptions undeclared.
      throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
  }

  /** Requests that are being answered now, streams and raw connections included. */
  public int running() {
    return running.get();
  }

  /** How long ago the last request began or ended; zero while one is being answered. */
  public Duration idleFor() {
    return running.get() > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - lastActivity);
  }

  /** Stops listening and ends every connection; waits for the loops to end, a second at most. */
  @Override
  public void close() {
    if (listener != null) {
      var _ = listener.close().awaitUninterruptibly();
      listener = null;
      try {
        Files.deleteIfExists(socket);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot remove the socket " + socket, e);
      }
    }
    var _ = connections.close().awaitUninterruptibly();
    if (loops != null) {
      var _ =
          loops
              .shutdownGracefully(0, 1, TimeUnit.SECONDS)
              .awaitUninterruptibly(1, TimeUnit.SECONDS);
      loops = null;
    }
  }

  private Connection.Dispatcher answers() {
    return new Connection.Dispatcher() {
      @Override
      public Router.Match match(String method, String target) {
        return router.match(method, target);
      }

      @Override
      public void dispatch(Exchange exchange, Route.Handler handler, Runnable done) {
        running.incrementAndGet();
        var _ =
            Thread.ofVirtual()
                .name("api")
                .start(
                    () -> {
                      try {
                        answer(exchange, handler);
                      } finally {
                        lastActivity = System.nanoTime();
                        running.decrementAndGet();
                        done.run();
                      }
                    });
      }
    };
  }

  private static void answer(Exchange exchange, Route.Handler handler) {
    try {
      handler.handle(exchange);
      if (exchange.isUnanswered()) {
        throw new IllegalStateException("a handler has not answered");
      }
      exchange.complete();
    } catch (Throwable problem) {
      try {
        fail(exchange, problem);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a client went away before its answer", e);
      }
    }
  }

  private static void fail(Exchange exchange, Throwable problem) throws IOException {
    if (!exchange.isUnanswered()) {
      // Too late for an error answer; the connection ends so that the client sees it was cut off.
      exchange.abandon();
      LOG.log(
          problem instanceof IOException ? Level.DEBUG : Level.WARNING,
          "an answer broke off",
          problem);
      return;
    }
    int status = Problems.status(problem);
    if (!Problems.isForeseen(problem)) {
      LOG.log(Level.ERROR, "a request failed", problem);
    }
    if (status == 304) {
      exchange.empty(status);
    } else {
      exchange.json(status, Map.of("message", Problems.message(problem)));
    }
  }
}
