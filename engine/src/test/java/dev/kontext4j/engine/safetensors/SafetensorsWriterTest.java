package dev.kontext4j.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.file.TensorSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  /// What this script wrote (Python, torch 2.11, safetensors 0.8.0), in Base64:
  ///
  /// ```
  /// save_file({"b": torch.tensor([1, 2, 3], dtype=torch.uint8),
  ///            "a": torch.tensor([[1.0, -2.0]]),
  ///            "\U0001F600": torch.tensor([7], dtype=torch.int64),
  ///            "\uFFFD": torch.tensor([8], dtype=torch.int64),
  ///            "h": torch.ones(2, dtype=torch.bfloat16),
  ///            "flag": torch.tensor(True), "none": torch.zeros(0, 4),
  ///            'q"\\/\x01\x1f\x7f\n': torch.tensor([-1], dtype=torch.int8)},
  ///           "y.safetensors", metadata={"format": "pt\t\u2028"})
  /// ```
  private static final String REFERENCE =
      """
      AAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdFx04oCoIn0sIu+/vSI6eyJkdHlwZSI6Ikk2NCIsInNoYXBlIjpb
      MV0sImRhdGFfb2Zmc2V0cyI6WzAsOF19LCLwn5iAIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpb
      OCwxNl19LCJhIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsxLDJdLCJkYXRhX29mZnNldHMiOlsxNiwyNF19LCJub25lIjp7ImR0
      eXBlIjoiRjMyIiwic2hhcGUiOlswLDRdLCJkYXRhX29mZnNldHMiOlsyNCwyNF19LCJoIjp7ImR0eXBlIjoiQkYxNiIsInNoYXBl
      IjpbMl0sImRhdGFfb2Zmc2V0cyI6WzI0LDI4XX0sInFcIlxcL1x1MDAwMVx1MDAxZn9cbiI6eyJkdHlwZSI6Ikk4Iiwic2hhcGUi
      OlsxXSwiZGF0YV9vZmZzZXRzIjpbMjgsMjldfSwiYiI6eyJkdHlwZSI6IlU4Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpb
      MjksMzJdfSwiZmxhZyI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzMyLDMzXX19ICAgIAgAAAAA
      AAAABwAAAAAAAAAAAIA/AAAAwIA/gD//AQIDAQ==
      """;

  @TempDir private Path folder;

  @Test
  void writesWhatTheReferenceLibraryWrites() throws IOException {
    var path = folder.resolve("y.safetensors");
    referenceTensors(path).write();
    byte[] expected = Base64.getMimeDecoder().decode(REFERENCE);
    assertEquals(text(expected), text(Files.readAllBytes(path)));
    assertArrayEquals(expected, Files.readAllBytes(path));
  }

  private static SafetensorsWriter referenceTensors(Path path) {
    return SafetensorsWriter.to(path)
        .tensor("b", DType.U8, List.of(3L), bytes(1, 2, 3))
        .tensor("a", DType.F32, List.of(1L, 2L), MemorySegment.ofArray(new float[] {1, -2}))
        .tensor("\ud83d\ude00", DType.I64, List.of(1L), MemorySegment.ofArray(new long[] {7}))
        .tensor("\ufffd", DType.I64, List.of(1L), MemorySegment.ofArray(new long[] {8}))
        .tensor("h", DType.BF16, List.of(2L), bytes(0x80, 0x3f, 0x80, 0x3f))
        .tensor("flag", DType.BOOL, List.of(), bytes(1))
        .tensor("none", DType.F32, List.of(0L, 4L), bytes())
        .tensor("q\"\\/\u0001\u001f\u007f\n", DType.I8, List.of(1L), bytes(-1))
        .metadata("format", "pt\t\u2028");
  }

  @Test
  void emptyFile() throws IOException {
    var path = folder.resolve("empty");
    SafetensorsWriter.to(path).write();
    assertEquals("\b\0\0\0\0\0\0\0{}      ", text(Files.readAllBytes(path)));
  }

  @Test
  void metadataIsSorted() throws IOException {
    var path = folder.resolve("m");
    SafetensorsWriter.to(path).metadata("b", "2").metadata("a", "1").write();
    String header = text(Files.readAllBytes(path)).substring(8);
    assertEquals("{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\"}}", header.strip());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    var path = folder.resolve("x");
    var values = new byte[5_000_000];
    new Random(1).nextBytes(values);
    try (var arena = Arena.ofConfined()) {
      var outside = arena.allocate(values.length).copyFrom(MemorySegment.ofArray(values));
      SafetensorsWriter.to(path)
          .tensor("whole", DType.U8, List.of(5_000_000L), outside)
          .tensor("pieces", DType.F16, List.of(2L, 1_250_000L), sink -> inPieces(outside, sink))
          .metadata("seed", "1")
          .write();
    }
    try (var file = SafetensorsFile.open(path)) {
      assertEquals(List.of("pieces", "whole"), List.copyOf(file.tensors().keySet()));
      assertEquals(Map.of("seed", "1"), file.metadata());
      for (var entry : file.tensors().values()) {
        assertArrayEquals(values, file.bytes(entry).toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  private static void inPieces(MemorySegment all, TensorSource.Sink sink) throws IOException {
    for (long at = 0; at < all.byteSize(); at += 333_337) {
      sink.write(all.asSlice(at, Math.min(333_337, all.byteSize() - at)));
    }
  }

  @Test
  void aFailingSourceLeavesTheOldFileAndNothingElse() throws IOException {
    var path = HandMade.oneByteEach(folder.resolve("x"), "old");
    byte[] before = Files.readAllBytes(path);
    TensorSource broken =
        _ -> {
          throw new IOException("the source broke");
        };
    for (TensorSource source : List.of(broken, sink -> sink.write(bytes(1)))) {
      var writer = SafetensorsWriter.to(path).tensor("a", DType.U8, List.of(2L), source);
      assertThrows(Exception.class, writer::write);
      assertArrayEquals(before, Files.readAllBytes(path));
      assertEquals(List.of(path), filesOf(folder));
    }
  }

  @Test
  void replacesAFileThatIsMapped() throws IOException {
    var path = HandMade.oneByteEach(folder.resolve("x"), "old");
    try (var old = SafetensorsFile.open(path)) {
      var bytes = old.bytes(old.entry("old"));
      SafetensorsWriter.to(path).tensor("new", DType.U8, List.of(1L), bytes(9)).write();
      assertEquals(1, bytes.get(ValueLayout.JAVA_BYTE, 0));
    }
    try (var file = SafetensorsFile.open(path)) {
      assertEquals(9, file.bytes(file.entry("new")).get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  @Test
  void sizesMustFit() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SafetensorsWriter.to(folder.resolve("x"))
                    .tensor("a", DType.F32, List.of(2L), bytes(1, 2, 3, 4))
                    .write());
    assertEquals("tensor 'a' came with 4 bytes, expected 8 for F32 [2]", e.getMessage());
  }

  @Test
  void mistakesOfTheCaller() {
    var writer = SafetensorsWriter.to(folder.resolve("x"));
    writer.tensor("a", DType.U8, List.of(1L), bytes(1));
    refused(() -> writer.tensor("a", DType.U8, List.of(1L), bytes(1)));
    refused(() -> writer.tensor("__metadata__", DType.U8, List.of(1L), bytes(1)));
    refused(() -> writer.tensor("b", DType.U8, List.of(-1L, -1L), bytes(1)));
    refused(() -> writer.tensor("b", DType.I64, List.of(Long.MAX_VALUE), bytes(1)));
    writer.metadata("half", "\ud800");
    assertThrows(IOException.class, writer::write);
  }

  @Test
  void aFolderThatIsNotThere() {
    var writer = SafetensorsWriter.to(folder.resolve("absent").resolve("x"));
    assertThrows(IOException.class, writer::write);
  }

  private static void refused(Runnable mistake) {
    assertThrows(IllegalArgumentException.class, mistake::run);
  }

  private static MemorySegment bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
