package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.TensorEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON of a header: `__metadata__`, a map from string to string, and for each tensor its
/// `dtype`, `shape` and `data_offsets`. No name may come twice, nothing else may be there.
final class HeaderText {
  static final String METADATA = "__metadata__";
  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  /// Heap that an entry of a map takes besides its texts and numbers.
  private static final int METADATA_WEIGHT = 160;

  private static final int TENSOR_WEIGHT = 200;

  private final Path file;
  private final StrictJson json;
  private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
  private @Nullable Map<String, String> metadata;

  HeaderText(Path file, StrictJson json) {
    this.file = file;
    this.json = json;
  }

  void read() throws IOException {
    json.beginObject("the header");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        readTensor(name);
      }
    }
    json.end();
  }

  Collection<TensorEntry> tensors() {
    return tensors.values();
  }

  Map<String, String> metadata() {
    return metadata == null ? Map.of() : Collections.unmodifiableMap(metadata);
  }

  private void readMetadata() throws IOException {
    if (metadata != null) {
      throw twice(METADATA);
    }
    metadata = new LinkedHashMap<>();
    json.beginObject(METADATA);
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      json.keep(METADATA_WEIGHT + 2L * key.length());
      if (metadata.putIfAbsent(key, json.text("every value of " + METADATA)) != null) {
        throw twice(key);
      }
    }
  }

  private void readTensor(String name) throws IOException {
    json.keep(TENSOR_WEIGHT + 2L * name.length());
    var fields = new TensorFields();
    json.beginObject("the entry of tensor " + Refusal.quoted(name));
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      fields.read(name, field);
    }
    if (tensors.putIfAbsent(name, fields.entry(name)) != null) {
      throw twice(name);
    }
  }

  private CheckpointException twice(String name) {
    return wrong("the name %s comes twice".formatted(Refusal.quoted(name)));
  }

  private CheckpointException wrong(String what) {
    return Refusal.of(file, what + "; " + Refusal.DAMAGED);
  }

  /// The three fields of one tensor, in whatever order they come.
  private final class TensorFields {
    private @Nullable String dtype;
    private @Nullable List<Long> shape;
    private @Nullable List<Long> offsets;

    void read(String tensor, String field) throws IOException {
      boolean again =
          switch (field) {
            case DTYPE -> dtype != null;
            case SHAPE -> shape != null;
            case OFFSETS -> offsets != null;
            default -> throw wrong(of(tensor) + " has an unknown field " + Refusal.quoted(field));
          };
      if (again) {
        throw twice(field);
      }
      switch (field) {
        case DTYPE -> dtype = json.text("the dtype");
        case SHAPE -> shape = json.counts("the shape");
        default -> offsets = json.counts("the data_offsets");
      }
    }

    TensorEntry entry(String tensor) {
      if (dtype == null || shape == null || offsets == null) {
        throw wrong(of(tensor) + " lacks its dtype, shape or data_offsets");
      }
      if (offsets.size() != 2) {
        throw wrong(of(tensor) + " has " + offsets.size() + " data_offsets, expected 2");
      }
      return new TensorEntry(tensor, known(tensor, dtype), shape, offsets.get(0), offsets.get(1));
    }

    private String known(String tensor, String dtypeName) {
      return StoredType.named(dtypeName)
          .orElseThrow(
              () -> wrong(of(tensor) + " has an unknown dtype " + Refusal.quoted(dtypeName)))
          .name();
    }

    private static String of(String tensor) {
      return "tensor " + Refusal.quoted(tensor);
    }
  }
}
