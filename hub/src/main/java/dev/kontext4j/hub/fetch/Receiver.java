package dev.kontext4j.hub.fetch;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Hands the body of an answer on to a sink, a piece at a time, so that a slow disk slows the
/// server and fills no memory.
final class Receiver implements BodySubscriber<Boolean> {
  private final Sink sink;
  private final boolean wanted;
  private final Pulse pulse;
  private final CompletableFuture<Boolean> whole = new CompletableFuture<>();
  private @Nullable Subscription source;
  private boolean over;

  /// @param wanted whether the sink is to be given anything
  Receiver(Sink sink, boolean wanted, Pulse pulse) {
    this.sink = sink;
    this.wanted = wanted;
    this.pulse = pulse;
  }

  @Override
  public synchronized void onSubscribe(Subscription subscription) {
    source = subscription;
    if (wanted && !over) {
      subscription.request(1);
    } else {
      stop();
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (over) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        pulse.heard(buffer.remaining());
        if (!sink.take(buffer)) {
          stop();
          return;
        }
      }
      if (source != null) {
        source.request(1);
      }
    } catch (IOException | RuntimeException e) {
      whole.completeExceptionally(e);
      stop();
    }
  }

  /// From now on the sink is given nothing: somebody else may use it.
  synchronized void end() {
    over = true;
  }

  private void stop() {
    over = true;
    whole.complete(false);
    if (source != null) {
      source.cancel();
    }
  }

  @Override
  public void onError(Throwable e) {
    whole.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    whole.complete(true);
  }

  @Override
  public CompletionStage<Boolean> getBody() {
    return whole;
  }
}
