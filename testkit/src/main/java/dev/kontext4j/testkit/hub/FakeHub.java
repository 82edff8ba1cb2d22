package dev.kontext4j.testkit.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A hub as Hugging Face is one: `/OWNER/NAME/resolve/REVISION/PATH` on one server, which sends on
/// to another for the bytes. Both are on this machine, under two names and on two ports.
///
/// It counts what it gives, and makes trouble as it is told.
public final class FakeHub implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Queue<Trouble>> atHome = new ConcurrentHashMap<>();
  private final Map<String, Queue<Trouble>> elsewhere = new ConcurrentHashMap<>();
  private final List<Served> served = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final HttpServer home;
  private final HttpServer other;
  private volatile @Nullable String token;
  private volatile boolean tellsHashes;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  public FakeHub() {
    home = server(exchange -> new FakeAnswer(this, exchange, false).give());
    other = server(exchange -> new FakeAnswer(this, exchange, true).give());
  }

  private HttpServer server(Answering answering) {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            busy.incrementAndGet();
            try (exchange) {
              answering.to(exchange);
            } finally {
              busy.decrementAndGet();
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Answering {
    void to(HttpExchange exchange) throws IOException;
  }

  /// Where to ask.
  public String endpoint() {
    return "http://localhost:" + home.getAddress().getPort();
  }

  /// Where it sends on to.
  String otherServer() {
    return "http://127.0.0.1:" + other.getAddress().getPort();
  }

  /// Offers a file.
  public void put(String repository, String revision, String path, byte[] content) {
    files.put("/%s/resolve/%s/%s".formatted(repository, revision, path), content);
  }

  /// From now on files are given only to who brings this token.
  public void requireToken(String secret) {
    token = secret;
  }

  /// From now on it tells the hashes of files, as Hugging Face does.
  public void tellHashes() {
    tellsHashes = true;
  }

  /// From now on it gives each answer so slowly.
  public void slowDown(long bytes) {
    bytesPerSecond = bytes;
  }

  /// Makes trouble for the next requests of a file at the hub itself, one after the other.
  public void trouble(String path, Trouble... troubles) {
    queue(atHome, path, troubles);
  }

  /// Makes trouble where it sends on to.
  public void troubleElsewhere(String path, Trouble... troubles) {
    queue(elsewhere, path, troubles);
  }

  private static void queue(Map<String, Queue<Trouble>> all, String path, Trouble... troubles) {
    var queue = all.computeIfAbsent(path, _ -> new ArrayDeque<>());
    synchronized (queue) {
      queue.addAll(List.of(troubles));
    }
  }

  Optional<Trouble> next(boolean there, String path) {
    for (var entry : (there ? elsewhere : atHome).entrySet()) {
      if (path.endsWith("/" + entry.getKey())) {
        synchronized (entry.getValue()) {
          return Optional.ofNullable(entry.getValue().poll())
              .filter(trouble -> !(trouble instanceof Trouble.NoTrouble));
        }
      }
    }
    return Optional.empty();
  }

  byte @Nullable [] content(String path) {
    return files.get(path);
  }

  @Nullable String token() {
    return token;
  }

  boolean tellsHashes() {
    return tellsHashes;
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  void served(Served request) {
    served.add(request);
  }

  /// Everything that was asked for, in order, since this was last asked.
  public List<Served> takeServed() {
    var all = List.copyOf(served);
    served.removeAll(all);
    return all;
  }

  /// Waits until nobody is being answered any more.
  public void awaitQuiet() throws InterruptedException {
    while (busy.get() > 0) {
      Thread.sleep(2);
    }
  }

  /// How many bytes it has given in all.
  public long sent() {
    return sent.get();
  }

  void sent(int more) {
    sent.addAndGet(more);
  }

  @Override
  public void close() {
    home.stop(0);
    other.stop(0);
    threads.shutdownNow();
  }
}
