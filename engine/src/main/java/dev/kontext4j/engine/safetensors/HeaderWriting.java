package dev.kontext4j.engine.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.kontext4j.engine.file.TensorEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/// The header as the reference library writes it, byte for byte: metadata first, no spaces but
/// those at the end that make its length a multiple of eight.
final class HeaderWriting {
  private static final int ALIGNMENT = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

  private HeaderWriting() {}

  /// The header with its length before it, ready to be written.
  static ByteBuffer bytes(Map<String, String> metadata, Collection<TensorEntry> entries)
      throws IOException {
    // Unlike getBytes, an encoder refuses half a surrogate pair instead of writing '?'.
    ByteBuffer text =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json(metadata, entries)));
    int length = Math.ceilDiv(text.remaining(), ALIGNMENT) * ALIGNMENT;
    if (length > SafetensorsHeader.LONGEST) {
      throw new IllegalArgumentException(
          "a header of %d bytes, at most %d can be written"
              .formatted(length, SafetensorsHeader.LONGEST));
    }
    var header = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + length);
    header.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static String json(Map<String, String> metadata, Collection<TensorEntry> entries)
      throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        writeMetadata(json, metadata);
      }
      for (TensorEntry entry : entries) {
        writeEntry(json, entry);
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writeMetadata(JsonGenerator json, Map<String, String> metadata)
      throws IOException {
    json.writeObjectFieldStart(HeaderText.METADATA);
    for (var text : metadata.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static void writeEntry(JsonGenerator json, TensorEntry entry) throws IOException {
    json.writeObjectFieldStart(entry.name());
    json.writeStringField(HeaderText.DTYPE, entry.dtypeName());
    json.writeFieldName(HeaderText.SHAPE);
    json.writeArray(entry.sizes(), 0, entry.shape().size());
    json.writeFieldName(HeaderText.OFFSETS);
    json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
    json.writeEndObject();
  }
}
