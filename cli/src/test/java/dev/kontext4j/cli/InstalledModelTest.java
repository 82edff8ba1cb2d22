package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.hub.lock.ModelsLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledModelTest {
  private static final String MODEL = "models--black-forest-labs--FLUX.1-Kontext-dev";

  @TempDir Path folder;

  private Path model;

  @BeforeEach
  void copyTheModel() throws IOException {
    model = Workplace.in(folder).modelCopy();
  }

  /// A cache as Hugging Face's tools lay it out: snapshots by revision, and the newest by its name.
  private Path cached(Path hub) throws IOException {
    Path files = hub.resolve(MODEL);
    Files.createDirectories(files.resolve("refs"));
    Files.writeString(files.resolve("refs/main"), "abc123");
    Files.createDirectories(files.resolve("snapshots"));
    return Files.createSymbolicLink(files.resolve("snapshots/abc123"), model);
  }

  private static Optional<Path> found(Map<String, String> variables, Path home) {
    return InstalledModel.find(ModelsLock.packed(), variables::get, home)
        .map(InstalledModel::folder);
  }

  @Test
  void whereItIsLookedFor() throws IOException {
    Path home = folder.resolve("home");
    var nowhere = Map.<String, String>of();
    assertEquals(Optional.empty(), found(nowhere, home));
    Path usual = cached(home.resolve(".cache/huggingface/hub"));
    assertEquals(Optional.of(usual), found(nowhere, home));

    var moved = Map.of("HF_HOME", folder.resolve("hf").toString());
    assertEquals(Optional.empty(), found(moved, home));
    Path there = cached(folder.resolve("hf/hub"));
    assertEquals(Optional.of(there), found(moved, home));

    var hub = Map.of("HF_HOME", "/nowhere", "HF_HUB_CACHE", folder.resolve("hub").toString());
    Path direct = cached(folder.resolve("hub"));
    assertEquals(Optional.of(direct), found(hub, home));
  }

  @Test
  void oneThatIsNotWholeIsNone() throws IOException {
    Path home = folder.resolve("home");
    Path snapshot = cached(home.resolve(".cache/huggingface/hub"));
    Path weights = model.resolve("transformer/diffusion_pytorch_model.safetensors");
    Files.move(weights, folder.resolve("away"));
    assertEquals(Optional.empty(), found(Map.of(), home));
    Path index = model.resolve("transformer/diffusion_pytorch_model.safetensors.index.json");
    Files.writeString(
        index, "{\"weight_map\": {\"a\": \"1.safetensors\", \"b\": \"2.safetensors\"}}");
    Files.move(folder.resolve("away"), index.resolveSibling("1.safetensors"));
    assertEquals(Optional.empty(), found(Map.of(), home));
    Files.delete(snapshot);
    Files.createDirectories(snapshot.resolve("transformer"));
    Files.writeString(
        snapshot.resolve("model_index.json"), "{\"_class_name\": \"FluxKontextPipeline\"}");
    assertEquals(Optional.empty(), found(Map.of(), home));
  }

  /// With a lock of one set, of which one file is enough to be here.
  private Optional<InstalledModel> found(String set, boolean edits, Map<String, String> variables) {
    String lock =
        """
        schema = 1
        [config.index]
        text = "{}"
        [set.%s]
        about = "a set"
        edits = %s
        place = [{ config = "index", at = "model_index.json" }]
        """
            .formatted(set, edits);
    return InstalledModel.find(
        ModelsLock.read("lock", lock), variables::get, folder.resolve("home"));
  }

  @Test
  void aSetThatWasPulledComesFirst() throws IOException {
    Path others = cached(folder.resolve("home/.cache/huggingface/hub"));
    var variables = Map.of("XDG_DATA_HOME", folder.resolve("data").toString());
    assertEquals(Optional.of(others), found("mine", true, variables).map(InstalledModel::folder));
    Path models = Files.createDirectories(folder.resolve("data/kontext4j/models"));
    Path mine = Files.createSymbolicLink(models.resolve("mine"), model);
    assertEquals(Optional.of(new InstalledModel("mine", mine)), found("mine", true, variables));
    assertEquals(
        Optional.of(others),
        found("mine", false, variables).map(InstalledModel::folder),
        "it is no model that edits");
    assertEquals(
        Optional.of(others),
        found("another", true, variables).map(InstalledModel::folder),
        "it is not here");
  }
}
