package dev.kontext4j.engine.checkpoint;

import static dev.kontext4j.engine.safetensors.HandMade.assertOneLine;
import static dev.kontext4j.engine.safetensors.HandMade.oneByteEach;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.ClosedFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which files make a checkpoint, and what is said when they do not.
class CheckpointTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir private Path folder;

  @Test
  void oneFile() throws IOException {
    var path = oneByteEach(folder.resolve("anything"), "a", "b");
    try (var checkpoint = Checkpoint.open(path)) {
      assertEquals(List.of("a", "b"), List.copyOf(checkpoint.names()));
      assertEquals(2, checkpoint.bytes("b").get(ValueLayout.JAVA_BYTE, 0));
      assertEquals(List.of(1L), checkpoint.entry("a").shape());
      assertEquals(Optional.empty(), checkpoint.find("c"));
      var e = assertThrows(CheckpointException.class, () -> checkpoint.bytes("c"));
      assertOneLine(e, path, "has no tensor 'c'");
    }
  }

  @Test
  void nothingThere() {
    refused("no such file or folder", folder.resolve("absent"));
    refused("expected .safetensors files, found nothing", folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flux.safetensors                                          | flux.safetensors",
        "flux1.dev.safetensors ._flux1.dev.safetensors notes.txt   | flux1.dev.safetensors",
        "flux.safetensors ae.safetensors                           | ae.safetensors"
            + " flux.safetensors",
        "model.safetensors model.fp16.safetensors                  | model.safetensors",
        "model.safetensors diffusion_pytorch_model.safetensors     |"
            + " diffusion_pytorch_model.safetensors",
        "model.safetensors other.safetensors pytorch_model.bin     | model.safetensors",
        "x-00001-of-00002.safetensors x-00002-of-00002.safetensors | x-00001-of-00002.safetensors"
            + " x-00002-of-00002.safetensors",
        "model-00001-of-00001.safetensors model.fp16.safetensors other.safetensors |"
            + " model-00001-of-00001.safetensors",
      })
  void folders(String files, String expected) throws IOException {
    for (String name : files.split(" ", -1)) {
      oneByteEach(folder.resolve(name), name);
    }
    try (var checkpoint = Checkpoint.open(folder)) {
      assertEquals(Set.of(expected.split(" ", -1)), checkpoint.names());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.fp16.safetensors model.bf16.safetensors | holds only variants"
            + " (model.bf16.safetensors, model.fp16.safetensors), expected",
        "model.fp16-00001-of-00002.safetensors         | holds only variants",
        "model-00001-of-00002.fp16.safetensors         | holds only variants",
        "model-00001-of-00003.safetensors model-00003-of-00003.safetensors | holds 2 of the 3 files"
            + " model-?-of-00003.safetensors",
        "x-00001-of-00002.safetensors                  | holds 1 of the 2 files"
            + " x-?-of-00002.safetensors",
        "a.safetensors.index.json b.safetensors.index.json | holds several indexes",
        "pytorch_model.bin config.json                 | holds only pickles (pytorch_model.bin),"
            + " which can run code",
        "a.pt b.ckpt c.pth d.bin                       | (a.pt, b.ckpt, c.pth and 1 more)",
        "config.json                                   | expected .safetensors files, found"
            + " config.json",
      })
  void refusedFolders(String files, String expected) throws IOException {
    for (String name : files.split(" ", -1)) {
      oneByteEach(folder.resolve(name), name);
    }
    refused(expected, folder);
  }

  @Test
  void sameNameInTwoFiles() throws IOException {
    oneByteEach(folder.resolve("one.safetensors"), "a", "b");
    var two = oneByteEach(folder.resolve("two.safetensors"), "c", "b");
    var e = assertThrows(CheckpointException.class, () -> Checkpoint.open(folder).close());
    assertOneLine(e, two, "tensor 'b' is also in one.safetensors");
  }

  @Test
  void indexed() throws IOException {
    shards();
    var index = index("\"a\":\"1.safetensors\",\"b\":\"sub/2.safetensors\"");
    for (Path path : List.of(folder, index)) {
      try (var checkpoint = Checkpoint.open(path)) {
        assertEquals(Set.of("a", "b", "unlisted"), checkpoint.names());
        assertEquals(2, checkpoint.files().size());
        assertEquals(1, checkpoint.bytes("b").get(ValueLayout.JAVA_BYTE, 0));
      }
    }
  }

  @Test
  void anIndexOfAFolderGivenAsARelativePath() throws IOException {
    shards();
    index("\"a\":\"1.safetensors\"");
    Path here = Path.of("").toAbsolutePath();
    assumeTrue(here.getRoot().equals(folder.getRoot()));
    try (var checkpoint = Checkpoint.open(here.relativize(folder.toAbsolutePath()))) {
      assertEquals(Set.of("a"), checkpoint.names());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\":\"1.safetensors\",\"c\":\"3.safetensors\" | names files that are missing:"
            + " 3.safetensors;",
        "\"a\":\"sub/2.safetensors\"  | names tensors that are not in their files: a;",
        "\"a\":\"../1.safetensors\"   | names the file '../1.safetensors', expected one inside its"
            + " own folder",
        "\"a\":\"sub/../1.safetensors\" | inside its own folder",
        "\"a\":\"/1.safetensors\"     | inside its own folder",
        "\"a\":\"..\\\\1.safetensors\" | inside its own folder",
        "\"a\":\"\"                   | inside its own folder",
        "\"a\":\"\\u0000\"            | inside its own folder",
        "\"a\":1                      | expected a string, got 1",
        "\"a\":\"1.safetensors\",\"a\":\"1.safetensors\" | 'a' comes twice",
        "``                           | has no 'weight_map' that names tensors",
        "x                            | not valid JSON",
      })
  void refusedIndexes(String map, String expected) throws IOException {
    shards();
    refusedFile(expected, index(map));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{}",
        "{\"weight_map\":[]}",
        "{\"weight_map\":{\"a\":\"1.safetensors\"}} x",
        "{\"weight_map\":{\"a\":\"1.safetensors\"},\"weight_map\":{\"a\":\"1.safetensors\"}}",
        "{\"metadata\":[[["
      })
  void indexesThatAreNone(String text) throws IOException {
    shards();
    refusedFile("", Files.writeString(folder.resolve(INDEX), text));
  }

  @Test
  void anIndexNestedDeeply() throws IOException {
    shards();
    var text = "{\"metadata\":" + "[".repeat(1_000_000);
    refusedFile("deeper nesting", Files.writeString(folder.resolve(INDEX), text));
  }

  @Test
  void anIndexBeyondAllBounds() throws IOException {
    try (var sparse = new RandomAccessFile(folder.resolve(INDEX).toFile(), "rw")) {
      sparse.setLength(100_000_001);
    }
    refusedFile("is 100000001 bytes long, expected at most 100000000", folder.resolve(INDEX));
  }

  @Test
  void aDamagedShardClosesTheOthers() throws IOException {
    var whole = oneByteEach(folder.resolve("1.safetensors"), "a");
    var damaged = Files.write(folder.resolve("2.safetensors"), new byte[3]);
    refusedFile("is 3 bytes long", damaged);
    var maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps));
    assertFalse(Files.readString(maps).contains(whole.toString()));
  }

  @Test
  void aLeaseOutlivesTheCheckpoint() throws IOException {
    shards();
    index("\"a\":\"1.safetensors\",\"b\":\"sub/2.safetensors\"");
    var checkpoint = Checkpoint.open(folder);
    var a = checkpoint.bytes("a");
    var b = checkpoint.bytes("b");
    var lease = checkpoint.lease("b");
    checkpoint.close();
    checkpoint.close();
    assertFalse(a.scope().isAlive());
    assertEquals(1, b.get(ValueLayout.JAVA_BYTE, 0));
    lease.close();
    assertFalse(b.scope().isAlive());
    assertThrows(ClosedFileException.class, () -> checkpoint.lease("b"));
    assertThrows(ClosedFileException.class, () -> checkpoint.bytes("b"));
  }

  @Test
  void linksOutOfTheFolderAreFollowed() throws IOException {
    // As in the cache of huggingface_hub, whose snapshots are links to blobs.
    var blob = oneByteEach(folder.resolve("blob"), "a");
    var snapshot = Files.createDirectory(folder.resolve("snapshot"));
    try {
      Files.createSymbolicLink(snapshot.resolve("model.safetensors"), blob);
    } catch (IOException | UnsupportedOperationException e) {
      abort("no symbolic links here: " + e);
    }
    try (var checkpoint = Checkpoint.open(snapshot)) {
      assertTrue(checkpoint.names().contains("a"));
    }
  }

  private void shards() throws IOException {
    oneByteEach(folder.resolve("1.safetensors"), "a");
    Files.createDirectory(folder.resolve("sub"));
    oneByteEach(folder.resolve("sub").resolve("2.safetensors"), "b", "unlisted");
  }

  private Path index(String map) throws IOException {
    String text = "{\"metadata\":{\"total_size\":2,\"x\":[{}]},\"weight_map\":{" + map + "}}";
    return Files.writeString(folder.resolve(INDEX), text);
  }

  private void refused(String expected, Path path) {
    var e = assertThrows(CheckpointException.class, () -> Checkpoint.open(path).close());
    assertOneLine(e, path, expected);
  }

  /// That opening the folder is refused because of `file`.
  private void refusedFile(String expected, Path file) {
    var e = assertThrows(CheckpointException.class, () -> Checkpoint.open(folder).close());
    assertOneLine(e, file, expected);
  }
}
