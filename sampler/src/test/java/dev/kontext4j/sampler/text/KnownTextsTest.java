package dev.kontext4j.sampler.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.FileStamp;
import dev.kontext4j.engine.safetensors.SafetensorsFile;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.ModelFolder;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.PerNetwork;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Edits whose prompts are known: the same pictures, and encoders that nobody reads.
class KnownTextsTest {
  private static final String T5_WEIGHT = "shared.weight";

  @TempDir Path folder;

  private final Map<FileStamp, Sha256> remembered = new HashMap<>();
  private final List<Progress.Event> events = new ArrayList<>();
  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = Files.createDirectory(folder.resolve("model"));
    try (var files = Files.walk(GoldenFiles.path("model"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = model.resolve(GoldenFiles.path("model").relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /// As the command line remembers hashes: by path, size and time.
  private Optional<Sha256> hash(FileStamp stamp) {
    return Optional.of(
        remembered.computeIfAbsent(
            stamp,
            file -> {
              try {
                return Sha256.of(Path.of(file.path()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  private TextFolder texts() {
    return new TextFolder(folder.resolve("text"), 1 << 20, this::hash);
  }

  private ModelFiles files() {
    return ModelFolder.open(model).parts();
  }

  private static EditRequest request(String prompt) {
    return new EditRequest(
        Prompt.of(prompt),
        Optional.of(new EditRequest.Negative(Prompt.of("blurry"), 2)),
        List.of(),
        ReferenceFit.NONE,
        ReferencePlacement.INDEX,
        new OutputSize.Exact(OptionalInt.of(32), OptionalInt.of(32), OptionalLong.empty()),
        new Steps.Count(1),
        2.5f,
        NoisePlan.counting(7, 1, false, Optional.empty()),
        OptionalInt.of(16),
        Fast.EXACT);
  }

  private EditResult edit(KontextPipeline pipeline, String prompt) {
    events.clear();
    return pipeline.edit(request(prompt), events::add).getFirst();
  }

  private EditResult edit(DType dtype, KnownTexts texts, String prompt) {
    try (texts;
        var pipeline = KontextPipeline.open(files(), dtype, Device.CPU)) {
      pipeline.know(texts);
      return edit(pipeline, prompt);
    }
  }

  private boolean wasKnown() {
    return events.contains(new Progress.TextKnown());
  }

  private long kept() throws IOException {
    try (var files = Files.list(folder.resolve("text"))) {
      return files.count();
    }
  }

  private static void assertSame(EditResult expected, EditResult found) {
    assertEquals(expected.picture(), found.picture());
    assertArrayEquals(expected.latents().values(), found.latents().values());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void thePictureIsTheSame(DType dtype) throws IOException {
    var without = edit(dtype, KnownTexts.NONE, "make the sky purple");
    assertSame(without, edit(dtype, texts(), "make the sky purple"));
    assertFalse(wasKnown());
    assertEquals(4, kept()); // two prompts, for two encoders
    assertSame(without, edit(dtype, texts(), "make the sky purple"));
    assertTrue(wasKnown());
    assertEquals(4, kept());
  }

  @Test
  void anotherPromptOrElementTypeIsNotKnown() throws IOException {
    edit(DType.F32, texts(), "make the sky purple");
    edit(DType.F32, texts(), "make the sky red");
    assertFalse(wasKnown());
    assertEquals(6, kept()); // what it shall not look like was known
    assertSame(
        edit(DType.BF16, KnownTexts.NONE, "make the sky red"),
        edit(DType.BF16, texts(), "make the sky red"));
    assertEquals(10, kept());
  }

  /// Overwrites a weight of T5 by zeros, behind the header.
  private Path ruinT5() throws IOException {
    Path file = model.resolve("text_encoder_2/model.safetensors");
    long begin;
    long bytes;
    try (var opened = SafetensorsFile.open(file)) {
      var entry = opened.entry(T5_WEIGHT);
      bytes = entry.byteCount();
      begin =
          Files.size(file)
              - opened.tensors().values().stream().mapToLong(e -> e.end()).max().orElseThrow()
              + entry.begin();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate((int) bytes), begin);
    }
    return file;
  }

  /// The weights are garbage, and only their time says that nothing has changed.
  @Test
  void encodersOfKnownPromptsAreNotRead() throws IOException {
    var before = edit(DType.F32, texts(), "make the sky purple");
    Path file = model.resolve("text_encoder_2/model.safetensors");
    var time = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(ruinT5(), time);
    assertSame(before, edit(DType.F32, texts(), "make the sky purple"));
    assertTrue(wasKnown());
    assertNotEquals(
        before.picture(), edit(DType.F32, KnownTexts.NONE, "make the sky purple").picture());
  }

  @Test
  void otherWeightsAreNotKnown() throws IOException {
    var before = edit(DType.F32, texts(), "make the sky purple");
    Files.setLastModifiedTime(ruinT5(), FileTime.fromMillis(1_000_000));
    var other = edit(DType.F32, KnownTexts.NONE, "make the sky purple");
    assertNotEquals(before.picture(), other.picture());
    assertSame(other, edit(DType.F32, texts(), "make the sky purple"));
    assertFalse(wasKnown());
    assertSame(other, edit(DType.F32, texts(), "make the sky purple"));
    assertTrue(wasKnown());
  }

  /// Somebody exchanges the model between the look and the end of the encoder's work.
  @Test
  void whatWasMadeOfExchangedFilesIsNotKept() {
    var kept = new ArrayList<EncoderInput>();
    var exchanging =
        new KnownTexts() {
          @Override
          public Optional<Tensor> find(EncoderInput input) {
            try {
              var stamp = input.files().weights().getFirst();
              if (input.files().encoder().equals("text_encoder_2")) {
                Files.setLastModifiedTime(Path.of(stamp.path()), FileTime.fromMillis(1));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return Optional.empty();
          }

          @Override
          public void keep(EncoderInput input, Tensor made) {
            kept.add(input);
          }
        };
    edit(DType.F32, exchanging, "make the sky purple");
    assertEquals(2, kept.size());
    kept.forEach(input -> assertEquals("text_encoder", input.files().encoder()));
  }

  /// Adds a little to a weight of T5.
  private static final class Touching implements Overlay {
    private int reads;

    @Override
    public boolean touches(String name) {
      return name.equals(T5_WEIGHT);
    }

    @Override
    public Tensor apply(String name, Original weight, DType dtype) {
      reads++;
      return weight.whole().add(0.05).to(dtype);
    }
  }

  @Test
  void adaptersOfAnEncoderMakeItsTextsUnknown() throws IOException {
    try (var texts = texts();
        var pipeline = KontextPipeline.open(files(), DType.F32, Device.CPU)) {
      pipeline.know(texts);
      var bare = edit(pipeline, "make the sky purple");
      var touching = new Touching();
      pipeline.overlay(new PerNetwork<>(Overlay.NONE, Overlay.NONE, touching));
      var changed = edit(pipeline, "make the sky purple");
      assertNotEquals(bare.picture(), changed.picture());
      assertSame(changed, edit(pipeline, "make the sky purple"));
      assertEquals(2, touching.reads);
      assertFalse(wasKnown());
      pipeline.overlay(PerNetwork.UNCHANGED);
      assertSame(bare, edit(pipeline, "make the sky purple"));
      assertTrue(wasKnown());
    }
    assertEquals(4, kept());
  }

  @Test
  void knownTextsLeaveNoTensor() {
    edit(DType.F32, texts(), "make the sky purple");
    LeakCheck.leavesNothing(() -> edit(DType.F32, texts(), "make the sky purple"));
    assertTrue(wasKnown());
  }
}
