package dev.jcompose.engine.http.channel;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Sees that a client has ended its direction of a connection and keeps Netty from closing the other
 * one. Netty 4.2's NIO channels for unix sockets have no half-closure: they close on the -1 that a
 * read returns, which is told to this allocator first. One instance per channel; reads must be
 * asked for one by one, and not any more once {@link #isReached}.
 */
public final class EndOfInput implements RecvByteBufAllocator {
  private final RecvByteBufAllocator sizes = new AdaptiveRecvByteBufAllocator();
  private boolean reached;

  /** Whether the client has ended its direction; for the event loop only. */
  public boolean isReached() {
    return reached;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Handle newHandle() {
    return new Watching(sizes.newHandle());
  }

  @SuppressWarnings("deprecation") // The interface asks for the deprecated type.
  private final class Watching extends DelegatingHandle implements ExtendedHandle {
    Watching(Handle handle) {
      super(handle);
    }

    @Override
    public void lastBytesRead(int bytes) {
      if (bytes < 0) {
        reached = true;
      }
      super.lastBytesRead(Math.max(bytes, 0));
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return ((ExtendedHandle) delegate()).continueReading(maybeMoreData);
    }
  }
}
