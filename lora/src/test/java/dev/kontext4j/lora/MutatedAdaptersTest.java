package dev.kontext4j.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Three thousand adapter files that something happened to: each is merged, or refused in one line,
/// in little time, and no tensor is left behind.
@TestInstance(Lifecycle.PER_CLASS)
class MutatedAdaptersTest {
  private static final int COUNT = 1500;
  private static final long PATIENCE = 1_000_000_000L;
  private static final List<String> FILES =
      List.of(
          "formats/kohya",
          "formats/diffusers",
          "types/lokr_tucker",
          "types/loha_tucker",
          "types/dora_columns",
          "types/peft_alphas",
          "types/difference",
          "types/locon_mid");
  private static final List<String> ENDINGS =
      List.of(
          ".alpha",
          ".lora_up.weight",
          ".lora_A.weight",
          ".lora_A.7.weight",
          ".lora_mid.weight",
          ".dora_scale",
          ".lora_magnitude_vector",
          ".diff",
          ".diff_b",
          ".set_weight",
          ".lokr_w1",
          ".lokr_t2",
          ".hada_w1_a",
          ".hada_t1",
          ".weight",
          ".bias",
          "");

  @TempDir Path folder;

  private final Random random = new Random(6);
  private TinyNetworks networks;
  private int merged;
  private int refused;

  @BeforeAll
  void open() {
    networks = new TinyNetworks();
  }

  @AfterAll
  void close() {
    networks.close();
  }

  /// A tensor of a file.
  private record Entry(String name, DType dtype, List<Long> shape, ByteBuffer data) {}

  private String chosen(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<Entry> entries(String name) {
    try (var file = Checkpoint.open(GoldenFiles.path("lora/" + name + ".safetensors"));
        var _ = Scope.open()) {
      var entries = new ArrayList<Entry>();
      for (String key : file.names()) {
        var entry = file.entry(key);
        entries.add(
            new Entry(
                key,
                entry.dtype().orElseThrow(),
                entry.shape(),
                ByteBuffer.wrap(file.tensor(key).toBytes())));
      }
      return entries;
    }
  }

  @Test
  void tensorsThatAreNotAsTheyWere() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      var entries = entries(chosen(FILES));
      int times = 1 + random.nextInt(2);
      for (int time = 0; time < times; time++) {
        mutate(entries);
      }
      Path file = folder.resolve("tensors.safetensors");
      var writer = SafetensorsWriter.to(file);
      for (Entry entry : entries) {
        writer.tensor(entry.name, entry.dtype, entry.shape, sink -> sink.write(bytes(entry)));
      }
      writer.write();
      use(file);
    }
    assertTrue(merged > COUNT / 20 && refused > COUNT / 2, merged + " merged, " + refused);
  }

  private static byte[] bytes(Entry entry) {
    var bytes = new byte[entry.data.capacity()];
    entry.data.get(0, bytes);
    return bytes;
  }

  private void mutate(List<Entry> entries) {
    int at = random.nextInt(entries.size());
    var entry = entries.get(at);
    switch (random.nextInt(6)) {
      case 0 -> {
        if (entries.size() > 1) {
          entries.remove(at);
        }
      }
      case 1 -> rename(entries, at, stem(entry.name) + chosen(ENDINGS));
      case 2 -> rename(entries, at, "transformer." + entry.name);
      case 3 -> entries.set(at, new Entry(entry.name, entry.dtype, reshaped(entry), entry.data));
      case 4 -> entries.set(at, emptied(entry));
      default -> {
        int length = entry.data.capacity();
        if (length > 0) {
          entry.data.put(random.nextInt(length), (byte) 0x7f);
          entry.data.put(length - 1, (byte) random.nextInt(256));
        }
      }
    }
  }

  private static String stem(String key) {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  private static void rename(List<Entry> entries, int at, String name) {
    var entry = entries.get(at);
    if (!name.isEmpty() && entries.stream().noneMatch(other -> other.name.equals(name))) {
      entries.set(at, new Entry(name, entry.dtype, entry.shape, entry.data));
    }
  }

  /// As many elements in another shape.
  private List<Long> reshaped(Entry entry) {
    long count = entry.shape.stream().reduce(1L, Math::multiplyExact);
    return switch (random.nextInt(4)) {
      case 0 -> List.of(count);
      case 1 -> List.of(1L, count);
      case 2 -> List.of(count, 1L, 1L, 1L);
      default -> entry.shape.reversed();
    };
  }

  private Entry emptied(Entry entry) {
    var shape = random.nextBoolean() ? List.of(0L, 48L) : List.of(48L, 0L);
    return new Entry(entry.name, entry.dtype, shape, ByteBuffer.allocate(0));
  }

  @Test
  void bytesThatAreNotAsTheyWere() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      byte[] bytes = Files.readAllBytes(GoldenFiles.path("lora/" + chosen(FILES) + ".safetensors"));
      int header = (bytes[0] & 0xff) | ((bytes[1] & 0xff) << 8);
      for (int time = 0; time <= random.nextInt(3); time++) {
        int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : 8 + header);
        bytes[at] = other(bytes[at]);
      }
      Path file = folder.resolve("bytes.safetensors");
      Files.write(file, bytes);
      use(file);
    }
  }

  /// Digits and letters become others, so that much of a header stays readable.
  private byte other(byte old) {
    String alphabet = Character.isDigit(old) ? "0123456789" : "abwup_.0\"";
    return alphabet.getBytes(StandardCharsets.US_ASCII)[random.nextInt(alphabet.length())];
  }

  private void use(Path file) {
    long before = Scope.liveTensors();
    long start = System.nanoTime();
    try (var adapters =
        new Adapters().with(Adapter.open(file, networks.names(), false), 1, BlockChoice.ALL)) {
      merge(adapters);
      merged++;
    } catch (CheckpointException e) {
      String line = String.valueOf(e.getMessage());
      assertTrue(line.startsWith(file.toString()), line);
      assertFalse(line.contains("\n"), line);
      refused++;
    }
    assertTrue(System.nanoTime() - start < PATIENCE, file::toString);
    assertEquals(before, Scope.liveTensors());
  }

  private static Tensor ones(long[] shape) {
    var values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    Arrays.fill(values, 1);
    return Tensor.of(values, shape);
  }

  /// Everything that the adapters touch.
  private void merge(Adapters adapters) {
    var overlay = adapters.overlay(Part.TRANSFORMER);
    try (var _ = Scope.open()) {
      networks
          .names()
          .parameters(Part.TRANSFORMER)
          .forEach((name, shape) -> {
            if (overlay.touches(name)) {
              var weight = ones(shape);
              assertArrayEquals(
                  shape, overlay.apply(name, Overlay.Original.of(weight), DType.F32).shape(), name);
            }
          });
    }
  }
}
