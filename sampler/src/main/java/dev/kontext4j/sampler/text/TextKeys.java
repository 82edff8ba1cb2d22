package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.Arithmetic;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.file.FileStamp;
import dev.kontext4j.engine.weights.Sha256;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The hash of everything that decides what an encoder gives, to the last bit. Where anything is
/// another, so is the key; whether it would have made a difference is nothing to find out.
final class TextKeys {
  private static final String FORM = "kontext4j text 1";

  private final KnownHashes hashes;
  private final Map<Device, List<String>> machines = new HashMap<>();

  TextKeys(KnownHashes hashes) {
    this.hashes = hashes;
  }

  /// None while the hash of a file of weights is not known, or where the machine cannot be told.
  Optional<Sha256> of(EncoderInput input) {
    try {
      return weights(input.files().weights())
          .map(weights -> Sha256.of(text(input, weights).getBytes(StandardCharsets.UTF_8)));
    } catch (UncheckedIOException _) {
      return Optional.empty();
    }
  }

  /// In the order of the hashes: what files are called, and where they lie, decides nothing.
  private Optional<List<String>> weights(List<FileStamp> files) {
    var digits = new ArrayList<String>();
    for (FileStamp file : files) {
      var hash = hashes.of(file);
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      digits.add(hash.get().digits());
    }
    return Optional.of(digits.stream().sorted().toList());
  }

  private String text(EncoderInput input, List<String> weights) {
    var files = input.files();
    var lines = new ArrayList<String>();
    lines.add(FORM);
    lines.addAll(machines.computeIfAbsent(input.device(), TextKeys::machine));
    lines.add("encoder " + files.encoder());
    lines.add("tensors " + files.prefix() + "* without " + files.others());
    lines.add("config " + files.config().map(Sha256::digits).orElse("by shapes"));
    lines.add("weights " + String.join(" ", weights));
    lines.add("in " + input.dtype());
    lines.add("ids " + input.ids().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    return String.join("\n", lines);
  }

  /// What stays the same as long as this process lives.
  private static List<String> machine(Device device) {
    var lines = new ArrayList<>(OurCode.lines());
    lines.addAll(Arithmetic.on(device));
    return lines;
  }
}
