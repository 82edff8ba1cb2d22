package dev.kontext4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.testkit.hub.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A folder with a lock of one tiny set, a hub that has its files, and processes that pull it.
final class HubWorkplace implements AutoCloseable {
  static final String SET = "tiny";
  static final String WEIGHTS = "vae/weights.safetensors";
  static final String TOKENS = "tokenizer/vocab.json";
  private static final String REPOSITORY = "owner/name";
  private static final String REVISION = "0123456789012345678901234567890123456789";

  private final Path folder;
  private final byte[] weights;
  private final FakeHub hub = new FakeHub();

  HubWorkplace(Path folder, int size) throws IOException {
    this.folder = folder;
    this.weights = new byte[size];
    new Random(size).nextBytes(weights);
    hub.put(REPOSITORY, REVISION, "weights.safetensors", weights);
    hub.put(REPOSITORY, REVISION, "vocab.json", "{}".getBytes(UTF_8));
    Files.writeString(
        folder.resolve("tiny.lock"),
        """
        schema = 1
        [licence.terms]
        name = "Terms of a Test"
        page = "https://example.org/terms"
        accept = true
        [repository.a]
        name = "%s"
        revision = "%s"
        gated = true
        [config.vae]
        text = "{}"
        [file.weights]
        repository = "a"
        path = "weights.safetensors"
        size = %d
        sha256 = "%s"
        sure = "one"
        source = "a test"
        role = "vae"
        licence = "terms"
        [file.tokens]
        repository = "a"
        path = "vocab.json"
        sure = "unknown"
        role = "tokenizer"
        licence = "terms"
        [set.tiny]
        about = "a tiny set"
        place = [
          { config = "vae", at = "vae/config.json" },
          { file = "weights", at = "%s" },
          { file = "tokens", at = "%s" },
        ]
        """
            .formatted(REPOSITORY, REVISION, size, Sha256.of(weights).digits(), WEIGHTS, TOKENS));
  }

  FakeHub hub() {
    return hub;
  }

  byte[] weights() {
    return weights.clone();
  }

  Path models() {
    return folder.resolve("models");
  }

  Path place(String name) {
    return models().resolve(SET).resolve(name);
  }

  /// `kontext COMMAND ... --lock LOCK`
  KontextProcess start(Map<String, String> variables, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--lock", folder.resolve("tiny.lock").toString()));
    var environment = new HashMap<>(variables);
    environment.put("KONTEXT4J_MODELS", models().toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.putIfAbsent("HF_HUB_CACHE", folder.resolve("no-hub").toString());
    var options = List.of("-Duser.home=" + folder.resolve("home"));
    return KontextProcess.start(List.of(), options, environment, all);
  }

  Run run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    try (var process = start(variables, arguments)) {
      return process.end();
    }
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /// `kontext pull tiny` from the hub, with the licence accepted.
  String[] pull(String... more) {
    var all =
        new ArrayList<>(List.of("pull", SET, "--accept-licence", "--endpoint", hub.endpoint()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    hub.close();
  }
}
