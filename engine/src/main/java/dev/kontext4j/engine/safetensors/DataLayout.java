package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.TensorEntry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// How tensors lie in the data area: one after the other, each as long as its shape and type say,
/// from the first byte to the last. The header may list them in another order, as the reference
/// library allows.
final class DataLayout {
  private static final Comparator<TensorEntry> BY_PLACE =
      Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end);

  private DataLayout() {}

  static Map<String, TensorEntry> inOrder(
      Path file, Collection<TensorEntry> entries, long dataSize) {
    var inOrder = new LinkedHashMap<String, TensorEntry>();
    long covered = 0;
    for (TensorEntry entry : entries.stream().sorted(BY_PLACE).toList()) {
      checkPlace(file, entry, covered, dataSize);
      checkSize(file, entry);
      inOrder.put(entry.name(), entry);
      covered = entry.end();
    }
    if (covered != dataSize) {
      throw Refusal.of(
          file,
          "bytes after the last tensor: %d, expected none; %s"
              .formatted(dataSize - covered, Refusal.DAMAGED));
    }
    return Collections.unmodifiableMap(inOrder);
  }

  private static void checkPlace(Path file, TensorEntry entry, long covered, long dataSize) {
    if (entry.end() < entry.begin()) {
      throw wrong(file, entry, "ends before it begins");
    }
    if (entry.end() > dataSize) {
      throw Refusal.of(
          file,
          "%s lies outside the %d bytes of data: %s"
              .formatted(place(entry), dataSize, Refusal.CUT_SHORT));
    }
    if (entry.begin() != covered) {
      String what = entry.begin() > covered ? "leaves a hole" : "overlaps the one before";
      throw wrong(file, entry, what + ", expected it to begin at " + covered);
    }
  }

  private static void checkSize(Path file, TensorEntry entry) {
    OptionalLong expected =
        StoredType.named(entry.dtypeName()).orElseThrow().byteCount(entry.shape());
    String shape = entry.dtypeName() + " " + Refusal.shown(entry.shape().toString());
    if (expected.isEmpty()) {
      throw wrong(file, entry, "has a size that cannot be: " + shape);
    }
    if (expected.getAsLong() != entry.byteCount()) {
      throw wrong(
          file,
          entry,
          "is %d bytes long, expected %d for %s"
              .formatted(entry.byteCount(), expected.getAsLong(), shape));
    }
  }

  private static CheckpointException wrong(Path file, TensorEntry entry, String what) {
    return Refusal.of(file, "%s %s; %s".formatted(place(entry), what, Refusal.DAMAGED));
  }

  private static String place(TensorEntry entry) {
    return "tensor %s (bytes %d to %d)"
        .formatted(Refusal.quoted(entry.name()), entry.begin(), entry.end());
  }
}
