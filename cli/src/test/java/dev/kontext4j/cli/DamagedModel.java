package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.ModelCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A copy of the tiny model, to be damaged and then to be refused.
record DamagedModel(Workplace work, Path folder) {
  static final String TRANSFORMER = "transformer/diffusion_pytorch_model.safetensors";

  static DamagedModel in(Path folder) throws IOException {
    var work = Workplace.in(folder);
    return new DamagedModel(work, work.modelCopy());
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  void replace(String name, String from, String to) throws IOException {
    String text = Files.readString(file(name));
    String changed = text.replace(from, to);
    assertNotEquals(text, changed, "nothing to replace");
    Files.writeString(file(name), changed);
  }

  /// Changes the transformer's tensors.
  void change(Consumer<Map<String, Tensor>> change) throws IOException {
    try (var _ = Scope.open()) {
      var copy = ModelCopy.of(file("transformer"));
      change.accept(copy.tensors());
      Files.delete(file(TRANSFORMER));
      copy.write(file("transformer"));
    }
  }

  Run edit() {
    return work.edit("--model", folder.toString());
  }

  /// Asserts that a run ends before it begins: one line that says all of this, exit code 4, nothing
  /// written.
  void assertRefused(String... words) throws IOException {
    edit().refused(ExitCode.MODEL, words);
    assertEquals(List.of("model"), work.results());
  }
}
