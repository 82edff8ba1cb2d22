package dev.kontext4j.engine.checkpoint;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.safetensors.ShardIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which files of a folder are the checkpoint.
///
/// A folder may hold one checkpoint several times: whole and in shards, and in variants such as
/// `model.fp16.safetensors`. Names that diffusers and transformers give come first
/// (`diffusion_pytorch_model`, then `model`): its index, else the one file, else its shards; never
/// a variant. Without such names all files of the folder make one checkpoint.
final class CheckpointFolder {
  private static final List<String> USUAL_NAMES = List.of("diffusion_pytorch_model", "model");
  private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".ckpt");
  private static final String SUFFIX = ".safetensors";
  private static final Pattern SHARD =
      Pattern.compile("(.+)-([0-9]{5})-of-([0-9]{5})\\.safetensors");

  /// After the usual name: diffusers and transformers put the variant before or after the number.
  private static final String VARIANT =
      "(-[0-9]{5}-of-[0-9]{5})?\\.[^.]+?(-[0-9]{5}-of-[0-9]{5})?\\.safetensors";

  private final Path folder;
  private final Set<String> names;

  private CheckpointFolder(Path folder, Set<String> names) {
    this.folder = folder;
    this.names = names;
  }

  /// An index, or the files themselves where there is none.
  record Choice(Optional<Path> index, List<Path> files) {}

  static Choice choose(Path folder) {
    try (var entries = Files.list(folder)) {
      var names = new TreeSet<String>();
      entries.map(path -> String.valueOf(path.getFileName())).forEach(names::add);
      names.removeIf(name -> name.startsWith("."));
      return new CheckpointFolder(folder, names).choose();
    } catch (IOException e) {
      throw Refusal.unreadable(folder, e);
    }
  }

  private Choice choose() {
    for (String usual : USUAL_NAMES) {
      var choice = named(usual);
      if (choice.isPresent()) {
        return choice.get();
      }
    }
    refuseVariants();
    var indexes = ending(ShardIndex.SUFFIX);
    if (indexes.size() > 1) {
      throw Refusal.of(
          folder, "holds several indexes (%s): name one".formatted(Refusal.listed(indexes)));
    }
    return indexes.isEmpty() ? all(ending(SUFFIX)) : index(indexes.getFirst());
  }

  private Optional<Choice> named(String stem) {
    if (names.contains(stem + ShardIndex.SUFFIX)) {
      return Optional.of(index(stem + ShardIndex.SUFFIX));
    }
    if (names.contains(stem + SUFFIX)) {
      return Optional.of(all(List.of(stem + SUFFIX)));
    }
    var shards = names.stream().filter(name -> isShardOf(stem, name)).toList();
    return shards.isEmpty() ? Optional.empty() : Optional.of(all(shards));
  }

  private static boolean isShardOf(String stem, String name) {
    var shard = SHARD.matcher(name);
    return shard.matches() && shard.group(1).equals(stem);
  }

  private void refuseVariants() {
    var variants = new ArrayList<String>();
    for (String usual : USUAL_NAMES) {
      var variant = Pattern.compile(usual + VARIANT);
      names.stream().filter(name -> variant.matcher(name).matches()).forEach(variants::add);
    }
    if (!variants.isEmpty()) {
      throw Refusal.of(
          folder,
          "holds only variants (%s), expected %s: name the file, or download the plain one"
              .formatted(Refusal.listed(variants), USUAL_NAMES.getFirst() + SUFFIX));
    }
  }

  private Choice index(String name) {
    return new Choice(Optional.of(folder.resolve(name)), List.of());
  }

  private Choice all(List<String> files) {
    if (files.isEmpty()) {
      throw nothing();
    }
    refuseGaps(files);
    return new Choice(Optional.empty(), files.stream().map(folder::resolve).toList());
  }

  /// Shards say how many they are: `...-00001-of-00003.safetensors`.
  private void refuseGaps(List<String> files) {
    Map<String, Set<String>> found = new HashMap<>();
    for (String file : files) {
      var shard = SHARD.matcher(file);
      if (shard.matches()) {
        String group = shard.group(1) + "-?-of-" + shard.group(3);
        found.computeIfAbsent(group, _ -> new HashSet<>()).add(shard.group(2));
      }
    }
    found.forEach((group, numbers) -> {
      int expected = Integer.parseInt(group.substring(group.length() - 5));
      if (numbers.size() != expected) {
        throw Refusal.of(
            folder,
            "holds %d of the %d files %s: download the others"
                .formatted(numbers.size(), expected, Refusal.shown(group + SUFFIX)));
      }
    });
  }

  private CheckpointException nothing() {
    var pickles = names.stream().filter(name -> PICKLES.stream().anyMatch(name::endsWith)).toList();
    if (!pickles.isEmpty()) {
      return Refusal.of(
          folder,
          "holds only pickles (%s), which can run code of their makers when they are read: get the .safetensors version of the model"
              .formatted(Refusal.listed(pickles)));
    }
    String what = names.isEmpty() ? "nothing" : Refusal.listed(names);
    return Refusal.of(
        folder, "expected .safetensors files, found " + what + ": fetch the model again");
  }

  private List<String> ending(String suffix) {
    return names.stream().filter(name -> name.endsWith(suffix)).toList();
  }
}
