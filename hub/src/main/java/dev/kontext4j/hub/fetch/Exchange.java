package dev.kontext4j.hub.fetch;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One question and its answer: only a good answer reaches the sink.
final class Exchange implements BodyHandler<Boolean> {
  private final Sink sink;
  private final Pulse pulse;
  private @Nullable Receiver receiver;
  private boolean over;
  private volatile Arrival arrival = new Arrival(-1, OptionalLong.empty(), false);

  Exchange(Sink sink, Patience patience) {
    this.sink = sink;
    this.pulse = new Pulse(patience);
  }

  @Override
  public synchronized BodySubscriber<Boolean> apply(ResponseInfo head) {
    boolean good = !over && (head.statusCode() == 200 || head.statusCode() == 206);
    if (good) {
      arrival = Arrival.of(head);
    }
    receiver = new Receiver(sink, good && sink.begins(arrival), pulse);
    return receiver;
  }

  /// Nothing more reaches the sink, however late it comes.
  synchronized void end() {
    over = true;
    if (receiver != null) {
      receiver.end();
    }
  }

  Pulse pulse() {
    return pulse;
  }

  Arrival arrival() {
    return arrival;
  }
}
