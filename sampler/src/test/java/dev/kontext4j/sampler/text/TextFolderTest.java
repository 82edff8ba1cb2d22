package dev.kontext4j.sampler.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.FileStamp;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts on the disk: found again bit for bit under all that decides them, and under nothing else.
class TextFolderTest {
  private static final long MUCH = 1L << 30;
  private static final FileStamp WEIGHTS = new FileStamp("/t5", 5, 6);
  private static final FileStamp MORE = new FileStamp("/t5-2", 7, 8);
  private static final EncoderInput INPUT = input(WEIGHTS, MORE);

  @TempDir Path place;

  private static EncoderInput input(FileStamp... weights) {
    var config = Optional.of(hash("config"));
    var files = new EncoderFiles("text_encoder_2", "", List.of(), config, List.of(weights));
    return new EncoderInput(files, DType.BF16, Device.CPU, List.of(3, 9, 1, 0));
  }

  private static EncoderInput input(int... ids) {
    var all = Arrays.stream(ids).boxed().toList();
    return new EncoderInput(INPUT.files(), INPUT.dtype(), INPUT.device(), all);
  }

  private static Sha256 hash(String content) {
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
  }

  /// Every file's hash is known.
  private static Optional<Sha256> known(FileStamp stamp) {
    return Optional.of(hash(stamp.path()));
  }

  private TextFolder folder() {
    return new TextFolder(place, MUCH, TextFolderTest::known);
  }

  /// Numbers that are told apart, of that many bytes.
  private static Tensor numbers(int seed, int bytes) {
    var values = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      values[i] = (byte) (i * 31 + seed);
    }
    return Tensor.ofBytes(DType.BF16, values, 1, 2, bytes / 4);
  }

  private void keep(TextFolder folder, EncoderInput input, int seed, int bytes) {
    try (var _ = Scope.open()) {
      folder.keep(input, numbers(seed, bytes));
    }
    folder.close();
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(place)) {
      return files.sorted().toList();
    }
  }

  private static void assertFound(TextFolder folder, EncoderInput input, int seed, int bytes) {
    try (var _ = Scope.open()) {
      var found = folder.find(input).orElseThrow();
      var expected = numbers(seed, bytes);
      assertEquals(expected.dtype(), found.dtype());
      assertArrayEquals(expected.shape(), found.shape());
      assertArrayEquals(expected.toBytes(), found.toBytes());
    }
  }

  private static void assertUnknown(TextFolder folder, EncoderInput input) {
    try (var _ = Scope.open()) {
      assertTrue(folder.find(input).isEmpty());
    }
  }

  @Test
  void whatIsKeptIsFoundInAnotherRun() {
    assertUnknown(folder(), INPUT);
    keep(folder(), INPUT, 1, 64);
    long tensors = Scope.liveTensors();
    assertFound(folder(), INPUT, 1, 64);
    assertEquals(tensors, Scope.liveTensors());
  }

  @Test
  void underTheSameContentAlone() {
    keep(folder(), INPUT, 1, 64);
    var files = INPUT.files();
    var others =
        List.of(
            input(3, 9, 2, 0),
            input(3, 9, 1),
            input(WEIGHTS),
            input(WEIGHTS, WEIGHTS),
            new EncoderInput(files, DType.F32, Device.CPU, INPUT.ids()),
            new EncoderInput(
                named("text_encoder", "", "config"), DType.BF16, Device.CPU, INPUT.ids()),
            new EncoderInput(
                named("text_encoder_2", "t5.", "config"), DType.BF16, Device.CPU, INPUT.ids()),
            new EncoderInput(
                named("text_encoder_2", "", "other"), DType.BF16, Device.CPU, INPUT.ids()));
    for (EncoderInput other : others) {
      assertUnknown(folder(), other);
    }
    assertFound(folder(), input(MORE, WEIGHTS), 1, 64); // names and order decide nothing
    var elsewhere = Map.of(WEIGHTS, hash("/t5"), MORE, hash("another"));
    assertUnknown(
        new TextFolder(place, MUCH, stamp -> Optional.ofNullable(elsewhere.get(stamp))), INPUT);
  }

  private static EncoderFiles named(String encoder, String prefix, String config) {
    return new EncoderFiles(
        encoder, prefix, List.of(), Optional.of(hash(config)), INPUT.files().weights());
  }

  /// A bit flipped at each place of a file: in its header, its metadata, its numbers.
  @Test
  void aDamagedFileIsNotKnownAndIsReplaced() throws IOException {
    keep(folder(), INPUT, 1, 64);
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    var reading = folder();
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertUnknown(reading, INPUT);
    }
    for (int length : new int[] {0, 7, 100, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertUnknown(folder(), INPUT);
    }
    keep(folder(), INPUT, 1, 64);
    assertArrayEquals(whole, Files.readAllBytes(file));
  }

  @Test
  void anotherTextUnderThisNameIsNotKnown() throws IOException {
    keep(folder(), INPUT, 1, 64);
    Path file = files().getFirst();
    keep(folder(), input(3, 9, 2, 0), 2, 64);
    Path other = files().stream().filter(each -> !each.equals(file)).findFirst().orElseThrow();
    Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertUnknown(folder(), INPUT);
  }

  @Test
  void aTextWaitsForTheHashesOfItsWeights() {
    Map<FileStamp, Sha256> learned = new HashMap<>();
    KnownHashes hashes = stamp -> Optional.ofNullable(learned.get(stamp));
    try (var folder = new TextFolder(place, MUCH, hashes)) {
      try (var _ = Scope.open()) {
        folder.keep(INPUT, numbers(1, 64));
      }
      folder.settle();
      learned.put(WEIGHTS, hash("/t5"));
      folder.settle();
      assertUnknown(folder, INPUT);
      learned.put(MORE, hash("/t5-2"));
    }
    assertFound(folder(), INPUT, 1, 64);
  }

  @Test
  void theFolderKeepsItsBoundAndWhatWasUsedLast() throws IOException {
    keep(folder(), input(0), 0, 4000);
    long each = TextFolder.bytes(place);
    long bound = 4 * each + each / 2;
    Files.writeString(place.resolve("of-somebody-else.safetensors"), "x".repeat(50_000));
    for (int i = 1; i < 20; i++) {
      for (Path file : files()) { // so that each is used at another time
        var time = Files.getLastModifiedTime(file).toMillis() - 10_000;
        Files.setLastModifiedTime(file, FileTime.fromMillis(time));
      }
      assertFound(folder(), input(0), 0, 4000); // which is a use
      keep(new TextFolder(place, bound, TextFolderTest::known), input(i), i, 4000);
      assertTrue(TextFolder.bytes(place) <= bound, "after " + i);
    }
    assertFound(folder(), input(0), 0, 4000);
    assertFound(folder(), input(19), 19, 4000);
    assertUnknown(folder(), input(1));
    assertTrue(Files.exists(place.resolve("of-somebody-else.safetensors")));
  }

  /// A run that makes many texts keeps the bound as well.
  @Test
  void alsoWithinARun() throws IOException {
    long bound = 20_000;
    try (var folder = new TextFolder(place, bound, TextFolderTest::known);
        var _ = Scope.open()) {
      for (int i = 0; i < 50; i++) {
        folder.keep(input(i), numbers(i, 4000));
      }
    }
    assertTrue(TextFolder.bytes(place) <= bound);
    assertTrue(TextFolder.bytes(place) > bound / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "text/inside"})
  void aFolderThatCannotBeIsNoFailure(String name) throws IOException {
    Files.writeString(place.resolve("text"), "a file");
    var folder = new TextFolder(place.resolve(name), MUCH, TextFolderTest::known);
    keep(folder, INPUT, 1, 64);
    assertUnknown(folder(), INPUT);
    assertEquals("a file", Files.readString(place.resolve("text")));
  }

  /// Readers see a text whole or not at all, whoever writes and makes room meanwhile.
  @Test
  void manyAtOnceDoNotHarmEachOther() throws InterruptedException, ExecutionException {
    List<Future<?>> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int worker = 0; worker < 4; worker++) {
        all.add(
            threads.submit(() -> {
              for (int round = 0; round < 25; round++) {
                int text = round % 8;
                keep(new TextFolder(place, 20_000, TextFolderTest::known), input(text), text, 4000);
                try (var _ = Scope.open()) {
                  folder()
                      .find(input(text))
                      .ifPresent(found ->
                          assertArrayEquals(numbers(text, 4000).toBytes(), found.toBytes()));
                }
              }
            }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
    keep(folder(), INPUT, 1, 64);
    assertFound(folder(), INPUT, 1, 64);
  }

  /// What a file system may leave after a power cut: the size, and not all of the bytes.
  @Test
  void aFileWithAHoleIsNotKnown() throws IOException {
    keep(folder(), INPUT, 1, 4000);
    Path file = files().getFirst();
    long size = Files.size(file);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size - 2000);
      channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
    }
    assertUnknown(folder(), INPUT);
  }
}
