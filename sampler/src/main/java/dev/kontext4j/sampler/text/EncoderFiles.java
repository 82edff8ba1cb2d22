package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.file.FileStamp;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that a text encoder is made of, as they are at this moment: equal as long as nobody
/// writes them.
///
/// @param encoder which of the two
/// @param prefix what the names of its tensors begin with
/// @param others prefixes of what else is in its files
/// @param config the hash of its config, which is small; none: the weights' shapes say it
public record EncoderFiles(
    String encoder,
    String prefix,
    List<String> others,
    Optional<Sha256> config,
    List<FileStamp> weights) {
  public EncoderFiles {
    others = List.copyOf(others);
    weights = List.copyOf(weights);
  }

  /// Looks at them; reads no weights.
  ///
  /// @param weights the files that hold them
  public static EncoderFiles now(String encoder, PartFiles part, List<Path> weights)
      throws IOException {
    var stamps = new ArrayList<FileStamp>();
    for (Path file : weights) {
      stamps.add(FileStamp.of(file));
    }
    Optional<Sha256> config =
        part.config().isPresent()
            ? Optional.of(Sha256.of(Files.readAllBytes(part.config().get())))
            : Optional.empty();
    return new EncoderFiles(encoder, part.prefix(), part.others(), config, stamps);
  }
}
