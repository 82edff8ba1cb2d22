package dev.kontext4j.cli.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// The body of an answer, up to a number of bytes, whatever length the server tells.
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int most;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private @Nullable Subscription source;
  private volatile long lastHeard = System.nanoTime();

  BoundedBody(int most) {
    this.most = most;
  }

  /// There are more bytes than were wanted.
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// For an answer whose body nobody wants.
  static BodySubscriber<byte[]> refusing() {
    return BodySubscribers.replacing(new byte[0]);
  }

  /// How long nothing has come.
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastHeard);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    lastHeard = System.nanoTime();
    for (ByteBuffer buffer : buffers) {
      if (content.size() + buffer.remaining() > most) {
        if (source != null) {
          source.cancel();
        }
        whole.completeExceptionally(new TooLongException());
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      content.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable e) {
    whole.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    whole.complete(content.toByteArray());
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }
}
