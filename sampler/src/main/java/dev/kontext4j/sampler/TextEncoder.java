package dev.kontext4j.sampler;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.sampler.text.EncoderFiles;
import dev.kontext4j.sampler.text.EncoderInput;
import dev.kontext4j.sampler.text.KnownTexts;
import dev.kontext4j.tokenizer.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One of a model's text encoders: opened when it has something to do, and closed behind it. What
/// is known of earlier times is nothing to do.
///
/// @param <N> the network
final class TextEncoder<N> {
  private final PartKind kind;
  private final PartFiles part;
  private final Computing computing;
  private final Function<Residency, ModelPart<N>> opening;
  private final BiFunction<N, List<long[]>, Tensor> network;
  private final List<Path> weights;
  private final Map<String, long[]> parameters;
  private Overlay overlay = Overlay.NONE;

  /// @param headers it, open, with weights that nothing has read
  /// @param opening opens it under a plan
  /// @param network what it does with prompts
  TextEncoder(
      PartKind kind,
      PartFiles part,
      Computing computing,
      ModelPart<N> headers,
      Function<Residency, ModelPart<N>> opening,
      BiFunction<N, List<long[]>, Tensor> network) {
    this.kind = kind;
    this.part = part;
    this.computing = computing;
    this.opening = opening;
    this.network = network;
    weights = headers.files();
    parameters = headers.parameters();
  }

  Map<String, long[]> parameters() {
    return parameters;
  }

  /// From now on the weights are changed by this.
  void overlay(Overlay next) {
    overlay = next;
  }

  /// What it makes of each prompt.
  ///
  /// @param inScope on its device, in the innermost open scope
  /// @param opened whether it had to be opened for that
  record Made(List<Tensor> inScope, boolean opened) {}

  /// @param texts are asked first, and told what they did not know
  Made encode(List<TokenIds> prompts, Residency plan, KnownTexts texts) {
    var files = files();
    var known = prompts.stream().map(prompt -> find(files, prompt, texts)).toList();
    if (known.stream().allMatch(Optional::isPresent)) {
      return new Made(known.stream().map(Optional::get).toList(), false);
    }
    var made = new Tensor[prompts.size()];
    try (var encoder = opening.apply(plan)) {
      encoder.overlay(overlay);
      for (int i = 0; i < made.length; i++) {
        var ids = List.of(prompts.get(i).toArray());
        made[i] = known.get(i).orElseGet(() -> network.apply(encoder.network(), ids));
      }
    }
    if (files.equals(files())) { // else somebody has exchanged the model meanwhile
      for (int i = 0; i < made.length; i++) {
        if (known.get(i).isEmpty()) {
          keep(files, prompts.get(i), made[i], texts);
        }
      }
    }
    return new Made(List.of(made), true);
  }

  private Optional<Tensor> find(Optional<EncoderFiles> files, TokenIds prompt, KnownTexts texts) {
    return files
        .flatMap(now -> texts.find(input(now, prompt)))
        .map(found -> found.to(computing.device()));
  }

  private void keep(Optional<EncoderFiles> files, TokenIds prompt, Tensor made, KnownTexts texts) {
    files.ifPresent(now -> texts.keep(input(now, prompt), made));
  }

  private EncoderInput input(EncoderFiles files, TokenIds prompt) {
    return new EncoderInput(files, computing.dtype(), computing.device(), prompt.ids());
  }

  /// What decides, beside a prompt, what this makes. None where something changes the weights:
  /// whose encodings these are the files do not tell then.
  private Optional<EncoderFiles> files() {
    if (parameters.keySet().stream().anyMatch(overlay::touches)) {
      return Optional.empty();
    }
    try {
      return Optional.of(EncoderFiles.now(kind.folder(), part, weights));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
