package dev.kontext4j.hub.lock;

/// How well a hash is known.
public enum Sureness {
  /// Whoever made the file published it.
  MAKER("published by its maker"),
  /// Independent programs that check it agree.
  SEVERAL("several sources agree"),
  /// One source says so.
  ONE("from one source"),
  /// Nobody says it; what comes first is pinned.
  UNKNOWN("nobody tells");

  private final String words;

  Sureness(String words) {
    this.words = words;
  }

  /// For people.
  public String words() {
    return words;
  }
}
