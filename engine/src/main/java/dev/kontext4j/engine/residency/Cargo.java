package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.file.WeightFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What comes into one slot of a ring: stored tensors as their bytes are, and where each is to
/// stand. Put together once, when a model is opened.
public final class Cargo {
  /// Of each tensor, for the sake of vector instructions and of copies to a card.
  private static final int ALIGNMENT = 256;

  private final String name;
  private final Map<String, Item> items = new LinkedHashMap<>();
  private long bytes;

  /// @param name for messages
  public Cargo(String name) {
    this.name = name;
  }

  /// A stored tensor and its place, counted from the beginning of the slot.
  record Item(WeightFile file, TensorEntry entry, long offset) {}

  /// A part of an item that is read at once.
  record Piece(Item item, long from, int length) {
    /// Its place, counted from the beginning of the slot.
    long offset() {
      return item.offset + from;
    }
  }

  /// Adds a stored tensor.
  public void add(Checkpoint checkpoint, String stored) {
    var entry = checkpoint.entry(stored);
    items.put(stored, new Item(checkpoint.file(stored), entry, bytes));
    bytes += room(entry);
  }

  /// The room that a stored tensor takes in a slot.
  public static long room(TensorEntry entry) {
    return (entry.byteCount() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  public String name() {
    return name;
  }

  /// The room that it takes.
  public long bytes() {
    return bytes;
  }

  Item item(String stored) {
    return Objects.requireNonNull(items.get(stored), stored);
  }

  List<Piece> pieces(int pieceBytes) {
    var pieces = new ArrayList<Piece>();
    for (Item item : items.values()) {
      long end = item.entry.byteCount();
      for (long from = 0; from < end; from += pieceBytes) {
        pieces.add(new Piece(item, from, (int) Math.min(pieceBytes, end - from)));
      }
    }
    return pieces;
  }
}
