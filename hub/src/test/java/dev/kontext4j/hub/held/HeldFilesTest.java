package dev.kontext4j.hub.held;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.TestFiles;
import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFilesTest {
  private static final byte[] CONTENT = TestFiles.bytes(4321, 7);
  private static final LockedFile FILE = TestFiles.known("a/weights.safetensors", CONTENT);
  private static final String GIT_NAME_OF_HELLO = "ce013625030ba8dba906f756967f9e9ca394464a";

  @TempDir Path home;

  private final List<String> read = new ArrayList<>();

  private Path file(String place, byte[] content) throws IOException {
    Path file = home.resolve(place);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private Optional<Path> find(LockedFile file, Map<String, String> variables, Path... more)
      throws IOException {
    var folders = new ArrayList<>(ModelFolders.find(variables::get, home));
    folders.addAll(List.of(more));
    var held =
        new HeldFiles(
            folders,
            HuggingFaceCache.find(variables::get, home),
            new RememberedHashes(home.resolve("hashes.json")),
            read::add);
    var found = held.find(file, home.resolve("target"));
    return found.isPresent() ? Optional.of(found.get().toRealPath()) : found;
  }

  private Optional<Path> find(LockedFile file, Path... more) throws IOException {
    return find(file, Map.of(), more);
  }

  /// Blobs by hash, and links to them by name, as Hugging Face's tools lay them out.
  private Path cached(String hub, LockedFile file, String blobName, byte[] content)
      throws IOException {
    String model = hub + "/models--owner--name";
    Path blob = file(model + "/blobs/" + blobName, content);
    Path snapshot = home.resolve(model).resolve("snapshots/" + file.repository().revision());
    Path folder = Files.createDirectories(snapshot.resolve("a"));
    Path link = snapshot.resolve(file.path());
    Files.createSymbolicLink(link, folder.relativize(blob));
    return blob.toRealPath();
  }

  @Test
  void inTheCacheOfHuggingFacesTools() throws IOException {
    assertEquals(Optional.empty(), find(FILE));
    Path blob = cached(".cache/huggingface/hub", FILE, Sha256.of(CONTENT).digits(), CONTENT);
    assertEquals(Optional.of(blob), find(FILE));
    var elsewhere = Map.of("HF_HOME", home.resolve("hf").toString());
    assertEquals(Optional.empty(), find(FILE, elsewhere));
    Path moved = cached("hf/hub", FILE, "x", CONTENT);
    assertEquals(Optional.of(moved), find(FILE, elsewhere));
  }

  @Test
  void inComfyUisFolders() throws IOException {
    Path there = file("ComfyUI/models/unet/other-name.sft", CONTENT);
    assertEquals(Optional.of(there.toRealPath()), find(FILE));
    file("portable/models/vae/x.safetensors", CONTENT);
    Files.delete(there);
    assertEquals(Optional.empty(), find(FILE));
    var told = Map.of("COMFYUI_PATH", home.resolve("portable").toString());
    assertTrue(find(FILE, told).isPresent());
  }

  @Test
  void inInvokeAisFolder() throws IOException {
    file("invokeai/models/1b2c/transformer.safetensors", CONTENT);
    assertTrue(find(FILE).isPresent());
  }

  @Test
  void inAFolderThatIsNamed() throws IOException {
    file("deep/er/and/deeper/x", CONTENT);
    assertEquals(Optional.empty(), find(FILE));
    assertTrue(find(FILE, home.resolve("deep")).isPresent());
    assertEquals(Optional.empty(), find(FILE, home.resolve("not-there")));
  }

  @Test
  void theContentCountsAndNotTheName() throws IOException {
    byte[] other = CONTENT.clone();
    other[100]++;
    file("d/weights.safetensors", other);
    file("d/shorter/weights.safetensors", new byte[4320]);
    assertEquals(Optional.empty(), find(FILE, home.resolve("d")));
  }

  /// To read every file there would take minutes.
  @Test
  void onlyFilesOfTheSizeAreReadAndOnlyOnce() throws IOException {
    file("d/a", new byte[4320]);
    file("d/b", new byte[4321]);
    assertEquals(Optional.empty(), find(FILE, home.resolve("d")));
    assertEquals(List.of("reading " + home.resolve("d/b")), read);
    var hashes = new RememberedHashes(home.resolve("hashes.json"));
    hashes.of(home.resolve("d/b"));
    hashes.save();
    read.clear();
    find(FILE, home.resolve("d"));
    assertEquals(List.of(), read);
  }

  @Test
  void withoutASizeTheNameLeads() throws IOException {
    var hash = Optional.of(Sha256.of(CONTENT));
    var file = TestFiles.file("a/weights.safetensors", OptionalLong.empty(), hash);
    file("d/unknown-name", CONTENT);
    assertEquals(Optional.empty(), find(file, home.resolve("d")));
    file("d/weights.safetensors", CONTENT);
    assertTrue(find(file, home.resolve("d")).isPresent());
    Path blob = cached(".cache/huggingface/hub", file, hash.get().digits(), CONTENT);
    Files.delete(home.resolve("d/weights.safetensors"));
    assertEquals(Optional.of(blob), find(file));
  }

  /// Without a hash only the very revision of the very repository will do.
  @Test
  void smallFilesOfTheSameRevision() throws IOException {
    var config = TestFiles.unknown("a/config.json");
    byte[] hello = "hello\n".getBytes(StandardCharsets.US_ASCII);
    Path blob = cached(".cache/huggingface/hub", config, GIT_NAME_OF_HELLO, hello);
    assertEquals(Optional.of(blob), find(config));
    Files.writeString(blob, "changed");
    assertEquals(Optional.empty(), find(config));
  }

  @Test
  void aLinkInACircleIsPassedOver() throws IOException {
    file("d/e/x", CONTENT);
    Files.createSymbolicLink(home.resolve("d/e/f"), home.resolve("d"));
    Files.createSymbolicLink(home.resolve("d/nowhere"), home.resolve("gone"));
    assertTrue(find(FILE, home.resolve("d")).isPresent());
  }
}
