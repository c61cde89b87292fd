package dev.jcompose.engine.http;

import dev.jcompose.engine.http.channel.EndOfInput;
import dev.jcompose.engine.http.channel.Inflow;
import dev.jcompose.engine.http.channel.Outflow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes requests one after the other and has each answered on a virtual thread. All
 * fields belong to the event loop. The channel is read only when somebody wants the bytes, with one
 * exception: while an answer is under way one read stays outstanding, to see the client vanish.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** What answers a request. */
  interface Dispatcher {
    /** The route of a request; throws {@link HttpProblem}. */
    Router.Match match(String method, String target);

    /** Answers on another thread and then runs {@code done}, in any thread. */
    void dispatch(Exchange exchange, Route.Handler handler, Runnable done);
  }

  private final Dispatcher dispatcher;
  private final EndOfInput end;

  /** Parts of requests that came while an earlier one is being answered. */
  private final Deque<Object> pipelined = new ArrayDeque<>();

  private @Nullable Exchange current;
  private @Nullable Inflow body;
  private @Nullable Inflow raw;
  private boolean currentIsRaw;

  /** The last part of the current request has come: what follows belongs to the next. */
  private boolean requestIsComplete;

  private boolean inputHasEnded;
  private boolean readOutstanding;

  Connection(Dispatcher dispatcher, EndOfInput end) {
    this.dispatcher = dispatcher;
    this.end = end;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    readIfWanted(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      // The decoder is gone: these are bytes of a raw connection.
      if (raw != null) {
        raw.offer(bytes);
      }
      bytes.release();
    } else if (current != null && requestIsComplete) {
      pipelined.addLast(message);
    } else {
      accept(context, message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    readOutstanding = false;
    if (end.isReached() && !inputHasEnded) {
      inputHasEnded = true;
      stopReading(context.channel());
      endInput();
      if (current == null) {
        var _ = context.close();
      } else if (!currentIsRaw) {
        current.clientHasGone();
      }
    }
    readIfWanted(context);
  }

  /**
   * At its end a socket can always be read. Netty, which was told of an empty read instead, would
   * go on to ask the selector for more, and the loop would spin; only this makes it forget the
   * read.
   */
  private static void stopReading(Channel channel) {
    channel.config().setAutoRead(true).setAutoRead(false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    endInput();
    pipelined.forEach(ReferenceCountUtil::release);
    pipelined.clear();
    if (current != null) {
      current.clientHasGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Resets and broken pipes: the client is gone, which channelInactive deals with.
    var _ = context.close();
  }

  private void accept(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpRequest request) {
        begin(context, request);
      }
      if (message instanceof HttpContent content) {
        Inflow inflow = body;
        if (inflow != null) {
          inflow.offer(content.content());
          if (message instanceof LastHttpContent) {
            requestIsComplete = true;
            inflow.end();
            if (currentIsRaw) {
              context.pipeline().remove(HttpRequestDecoder.class);
            }
          }
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    Channel channel = context.channel();
    Runnable whenRoom = () -> onLoop(channel, () -> readIfWanted(context));
    boolean expectsContinue = HttpUtil.is100ContinueExpected(request);
    Inflow input =
        new Inflow(
            whenRoom,
            () -> {
              if (expectsContinue) {
                var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(ByteBuffer.wrap(CONTINUE)));
              }
            });
    Inflow rawInput = new Inflow(whenRoom, () -> {});
    body = input;
    raw = rawInput;
    requestIsComplete = false;
    if (!HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) == 0) {
      // Said at once: an answer that is ready before the decoder's end mark need not close.
      input.end();
    }
    boolean broken = request.decoderResult().isFailure();
    boolean keepAlive = HttpUtil.isKeepAlive(request) && !broken;
    Router.Match match = null;
    HttpProblem problem = null;
    try {
      if (broken) {
        throw HttpProblem.badRequest("the request is not HTTP");
      }
      match = dispatcher.match(request.method().name(), request.uri());
    } catch (HttpProblem e) {
      problem = e;
    }
    boolean takesOver = match != null && match.route().isRaw();
    currentIsRaw = takesOver;
    Exchange exchange =
        new Exchange(
            new Request(
                request.method().name(),
                match == null ? Router.Match.NONE : match,
                request.headers(),
                input),
            request.protocolVersion().equals(HttpVersion.HTTP_1_0),
            new Outflow(channel),
            rawInput,
            () -> takesOver || !keepAlive || !input.hasEnded());
    current = exchange;
    HttpProblem refused = problem;
    Route.Handler handler =
        match == null
            ? ignored -> {
              throw refused == null ? HttpProblem.pageNotFound() : refused;
            }
            : match.route().handler();
    dispatcher.dispatch(
        exchange, handler, () -> onLoop(channel, () -> finished(context, exchange)));
  }

  private static void onLoop(Channel channel, Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The engine has stopped, and every connection with it.
    }
  }

  /** Runs after everything the handler has written: both are tasks of this loop. */
  private void finished(ChannelHandlerContext context, Exchange exchange) {
    if (exchange.closesConnection() || currentIsRaw || inputHasEnded) {
      var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    current = null;
    body = null;
    raw = null;
    while (!pipelined.isEmpty() && (current == null || !requestIsComplete)) {
      accept(context, pipelined.removeFirst());
    }
    readIfWanted(context);
  }

  private void endInput() {
    if (body != null) {
      body.fail("the client has gone");
    }
    if (raw != null) {
      raw.end();
    }
  }

  private void readIfWanted(ChannelHandlerContext context) {
    if (!readOutstanding && !inputHasEnded && wantsBytes()) {
      readOutstanding = true;
      context.read();
    }
  }

  private boolean wantsBytes() {
    if (current == null) {
      return true;
    }
    if (!requestIsComplete) {
      return body == null || !body.isFull();
    }
    return currentIsRaw ? raw != null && !raw.isFull() : pipelined.isEmpty();
  }
}
