package dev.kontext4j.hub.inspect;

import java.util.List;
import java.util.Optional;

/// Knows one kind of network by the names and shapes of its tensors.
interface Recogniser {
  List<Recogniser> ALL =
      List.of(
          new LoraRecogniser(),
          new FluxRecogniser(),
          new OtherRecogniser(),
          new VaeRecogniser(),
          new ClipRecogniser(),
          new T5Recogniser());

  /// The network, if it is there.
  Optional<Part> in(Contents contents);

  /// What stands before the name of a tensor that only this kind of network has.
  static Optional<String> prefix(Contents contents, String sign) {
    return contents.tensors().keySet().stream()
        .filter(name -> name.equals(sign) || name.endsWith("." + sign))
        .map(name -> name.substring(0, name.length() - sign.length()))
        .findFirst();
  }
}
