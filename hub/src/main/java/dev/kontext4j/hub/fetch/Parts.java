package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/// All missing parts of a file, several at a time, while the hash of the whole follows them.
///
/// @param inRanges whether the server gives parts
record Parts(
    HubClient client,
    LockedFile file,
    PartialFile partial,
    boolean inRanges,
    FetchListener listener) {

  /// The most that one request asks for. Longer ones would leave connections idle at the end of a
  /// file.
  private static final long LONGEST = 64L << 20;

  /// Fetches what is missing and returns the hash of the whole.
  Sha256 fetch(int connections) throws InterruptedException {
    Queue<Span> spans = new ConcurrentLinkedQueue<>(spans(connections));
    int workers = Math.min(connections, spans.size());
    var daemons = Thread.ofPlatform().daemon().name("fetch-", 0).factory();
    try (var threads = Executors.newFixedThreadPool(workers + 1, daemons)) {
      try {
        var tasks = new ExecutorCompletionService<Optional<Sha256>>(threads);
        for (int i = 0; i < workers; i++) {
          tasks.submit(worker(spans));
        }
        tasks.submit(() -> Optional.of(new WholeHash(partial).call()));
        return result(tasks, workers + 1);
      } finally {
        threads.shutdownNow(); // where one has failed, the others need not go on
      }
    }
  }

  private List<Span> spans(int connections) {
    if (inRanges) {
      long each = Math.ceilDiv(partial.size() - partial.goodBytes(), connections);
      return partial.missing(Math.clamp(each, PartialFile.PIECE, LONGEST));
    }
    var missing = partial.missing(partial.size());
    return missing.isEmpty()
        ? missing
        : List.of(new Span(missing.getFirst().begin(), partial.size()));
  }

  private Callable<Optional<Sha256>> worker(Queue<Span> spans) {
    return () -> {
      for (Span span = spans.poll(); span != null; span = spans.poll()) {
        new Retries(file, client.patience(), listener).run(new SpanAttempt(span));
      }
      return Optional.empty();
    };
  }

  private static Sha256 result(CompletionService<Optional<Sha256>> tasks, int count)
      throws InterruptedException {
    Optional<Sha256> hash = Optional.empty();
    for (int i = 0; i < count; i++) {
      try {
        var found = tasks.take().get();
        hash = found.isPresent() ? found : hash;
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
    return hash.orElseThrow();
  }

  private static RuntimeException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case RuntimeException known -> known;
      case DiskException disk -> disk.told();
      case null, default -> new FetchException("Fetching failed: " + e.getCause(), e);
    };
  }

  /// A span, over as many attempts as it takes.
  private final class SpanAttempt implements Retries.Attempt<Optional<Sha256>> {
    private final SpanSink sink;

    SpanAttempt(Span span) {
      this.sink = new SpanSink(file, partial, span, listener);
    }

    @Override
    public Optional<Sha256> run() throws Setback, InterruptedException {
      client.get(file, sink.rest(), sink);
      if (!sink.isFull()) {
        throw new Setback(
            sink.fits() ? "the answer ended early" : "the answer is not what was asked for");
      }
      return Optional.empty();
    }

    @Override
    public long progress() {
      return sink.rest().begin();
    }
  }
}
