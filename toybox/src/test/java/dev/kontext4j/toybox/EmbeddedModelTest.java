package dev.kontext4j.toybox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedModelTest {
  @TempDir Path place;

  private Path cache;
  private ModelJar jar;

  @BeforeEach
  void makeJar() throws IOException {
    cache = place.resolve("cache");
    jar = ModelJar.of(place.resolve("model.jar"), ModelJar.FILES);
  }

  private Path unpacked() {
    return EmbeddedModel.folder(jar.resources(), cache);
  }

  private static void assertWhole(Path folder) throws IOException {
    for (var file : ModelJar.FILES.entrySet()) {
      assertEquals(file.getValue(), Files.readString(folder.resolve(file.getKey())));
    }
  }

  private List<String> inCache() throws IOException {
    try (var files = Files.list(cache)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("lock"))
          .toList();
    }
  }

  @Test
  void plainFilesAreTakenWhereTheyAre() throws IOException {
    Files.writeString(place.resolve(EmbeddedModel.INDEX), "[]");
    var folder = EmbeddedModel.folder(this::plainFile, cache);
    assertEquals(place.resolve(EmbeddedModel.MODEL), folder);
    assertFalse(Files.exists(cache));
  }

  private @Nullable URL plainFile(String name) {
    try {
      return place.resolve(name).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aJarIsUnpackedOnce() throws IOException {
    Path folder = unpacked();
    assertWhole(folder);
    var key = Files.readAttributes(folder, "fileKey,creationTime");
    assertEquals(folder, unpacked());
    assertEquals(key, Files.readAttributes(folder, "fileKey,creationTime"));
    assertEquals(List.of(String.valueOf(folder.getFileName())), inCache());
  }

  @Test
  void aWholeCopyIsTakenFromACacheThatCannotBeWrittenTo() throws IOException {
    Path folder = unpacked();
    Files.delete(cache.resolve("lock"));
    Files.createDirectory(cache.resolve("lock")); // nobody can lock it now
    assertEquals(folder, unpacked());
  }

  @Test
  void anotherModelIsAnotherFolder() throws IOException {
    Path first = unpacked();
    var changed = new HashMap<>(ModelJar.FILES);
    changed.put("vae/config.json", "{\"a\": 2}");
    jar = ModelJar.of(place.resolve("other.jar"), changed);
    Path second = unpacked();
    assertNotEquals(first, second);
    assertWhole(first);
    assertEquals("{\"a\": 2}", Files.readString(second.resolve("vae/config.json")));
  }

  @Test
  void aModelThatNobodyHasUsedForLongGoesWithTheNextOne() throws IOException {
    Path longAgo = usedBefore(StaleModels.KEPT.plusDays(1), "a".repeat(64));
    Path lately = usedBefore(StaleModels.KEPT.minusDays(1), "b".repeat(64));
    Path notOurs = usedBefore(StaleModels.KEPT.plusDays(1), "notes");
    assertWhole(unpacked());
    assertFalse(Files.exists(longAgo));
    assertTrue(Files.exists(lately.resolve("vae/config.json")));
    assertTrue(Files.exists(notOurs.resolve("vae/config.json")));
  }

  private Path usedBefore(Duration age, String name) throws IOException {
    Path folder = cache.resolve(name);
    Files.createDirectories(folder.resolve("vae"));
    Files.writeString(folder.resolve("vae/config.json"), "{}");
    return Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void takingAModelCountsAsUse() throws IOException {
    Path folder = unpacked();
    Files.setLastModifiedTime(folder, FileTime.fromMillis(0));
    unpacked();
    Instant used = Files.getLastModifiedTime(folder).toInstant();
    assertTrue(used.isAfter(Instant.now().minus(Duration.ofHours(1))), used::toString);
  }

  @Test
  void aDamagedCopyIsReplaced() throws IOException {
    Path folder = unpacked();
    Files.writeString(folder.resolve("vae/weights.bin"), "01234");
    assertWhole(unpacked());
    Files.delete(folder.resolve("vae/weights.bin"));
    assertWhole(unpacked());
    assertEquals(List.of(String.valueOf(folder.getFileName())), inCache());
  }

  @Test
  void aDraftOfAKilledProcessIsNotInTheWay() throws IOException {
    Path folder = unpacked();
    Path draft = Files.move(folder, folder.resolveSibling(folder.getFileName() + ".draft"));
    Files.writeString(draft.resolve("vae/weights.bin"), "01234");
    assertWhole(unpacked());
    assertFalse(Files.exists(draft));
  }

  @Test
  void threadsMayAskAtOnce() throws IOException {
    var folders = IntStream.range(0, 16).parallel().mapToObj(_ -> unpacked()).distinct().toList();
    assertEquals(1, folders.size());
    assertWhole(folders.getFirst());
  }

  @Test
  void withoutAWritableCacheATemporaryFolderServes() throws IOException {
    cache = Files.writeString(cache, "no folder");
    Path folder = unpacked();
    assertFalse(folder.startsWith(place), folder::toString);
    assertWhole(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae/weights.bin", "vae/config.json"})
  void whatIsNotAsTheIndexSaysIsNotUnpacked(String path) throws IOException {
    var changed = new HashMap<>(ModelJar.FILES);
    changed.computeIfPresent(path, (_, text) -> text.replace('1', '2'));
    assertDamaged(path, changed);
    changed.remove(path);
    assertDamaged(path, changed);
  }

  private void assertDamaged(String path, Map<String, String> files) throws IOException {
    var file = Files.createTempFile(place, "damaged", ".jar");
    jar = ModelJar.of(file, ModelJar.index(ModelJar.FILES), files);
    String message = assertThrows(CheckpointException.class, this::unpacked).getMessage();
    assertTrue(message.contains(path + " is missing or damaged"), message);
    assertEquals(List.of(), inCache());
  }

  @Test
  void aBuildWithoutAModelSaysSo() {
    var e = assertThrows(CheckpointException.class, () -> EmbeddedModel.folder(_ -> null, cache));
    assertTrue(e.getMessage().contains("--model"), e.getMessage());
  }
}
