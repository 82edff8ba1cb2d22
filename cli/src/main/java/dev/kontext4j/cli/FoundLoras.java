package dev.kontext4j.cli;

import dev.kontext4j.cli.lora.LoraChoice;
import dev.kontext4j.cli.lora.LoraFolders;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.lora.BlockChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The LoRAs that a recipe speaks of: those that the user names, or files of their names where
/// LoRAs are looked for. Whatever they are called, their content decides.
final class FoundLoras {
  private final List<Path> named;
  private final List<Path> folders;

  /// @param named by the user
  /// @param beside where else to look
  FoundLoras(List<Path> named, Path beside, LoraFolders usual) {
    this.named = named;
    this.folders = Stream.concat(Stream.of(beside, Path.of("")), usual.folders().stream()).toList();
  }

  /// All of them. What they had that matched nothing was told when the picture was made.
  Loras all(Recipe.Loras wanted) {
    var choices = new ArrayList<LoraChoice>();
    for (Recipe.Lora lora : wanted.used()) {
      Path file =
          Stream.concat(named.stream(), beside(lora.name()))
              .filter(found -> isIt(found, lora.sha256()))
              .findFirst()
              .orElseThrow(() -> missing(lora));
      choices.add(new LoraChoice(file, lora.scale(), blocks(lora)));
    }
    return new Loras(choices, true, wanted.packed());
  }

  private static BlockChoice blocks(Recipe.Lora lora) {
    try {
      return lora.blocks().isEmpty() ? BlockChoice.ALL : BlockChoice.parse(lora.blocks());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("the recipe's LoRA " + lora.name() + ": " + e.getMessage(), e);
    }
  }

  /// Of a path in a recipe, which may be a stranger's, only the last part counts.
  private Stream<Path> beside(String name) {
    return folders.stream().flatMap(folder -> file(folder, name).stream());
  }

  private static Optional<Path> file(Path folder, String name) {
    try {
      return Optional.ofNullable(Path.of(name).getFileName())
          .map(folder::resolve)
          .filter(Files::isRegularFile);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static boolean isIt(Path file, Sha256 sha256) {
    try {
      return Sha256.of(file).equals(sha256);
    } catch (IOException _) {
      return false;
    }
  }

  private static CheckpointException missing(Recipe.Lora lora) {
    return new CheckpointException(
        "The picture was made with the LoRA %s (sha256 %s...), which is not found; name it with --lora"
            .formatted(lora.name(), lora.sha256().digits().substring(0, 12)));
  }
}
