package dev.jcompose.engine.registry.call;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** A request's body that tells how much of it has gone. */
final class CountedBody implements BodyPublisher {
  private final BodyPublisher body;
  private final LongConsumer sent;

  CountedBody(BodyPublisher body, LongConsumer sent) {
    this.body = body;
    this.sent = sent;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(
        new Flow.Subscriber<ByteBuffer>() {
          private long total;

          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer piece) {
            total += piece.remaining();
            subscriber.onNext(piece);
            sent.accept(total);
          }

          @Override
          public void onError(Throwable problem) {
            subscriber.onError(problem);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
