package dev.kontext4j.lora;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.lora.names.NetworkNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An adapter file, matched with the networks of a model.
public final class Adapter implements AutoCloseable {
  private static final int SHOWN = 8;

  private final Checkpoint file;
  private final List<Planned> planned;
  private final List<String> unmatched;

  private Adapter(Checkpoint file, List<Planned> planned, List<String> unmatched) {
    this.file = file;
    this.planned = List.copyOf(planned);
    this.unmatched = List.copyOf(unmatched);
  }

  /// Opens a file and checks all of it against the model, before any weight is touched.
  ///
  /// @param lenient whether keys that no layer is known for are passed over
  /// @throws CheckpointException if the file is damaged, or does not fit
  public static Adapter open(Path path, NetworkNames names, boolean lenient) {
    var file = Checkpoint.open(path);
    try {
      var contents = new Contents(file, names);
      contents.refuseWholeModel();
      refuse(path, contents, file.names(), lenient);
      var adapter = new Adapter(file, contents.planned(), contents.unmatched());
      adapter.requireNumbers();
      return adapter;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void refuse(Path path, Contents contents, Set<String> keys, boolean lenient) {
    var problems = new ArrayList<String>();
    if (!contents.misfits().isEmpty()) {
      problems.add(listed("%d layers that do not fit", contents.misfits(), "; "));
    }
    if (!contents.unmatched().isEmpty() && (!lenient || contents.planned().isEmpty())) {
      problems.add(listed("%d keys that match nothing in the model", contents.unmatched(), ", "));
    }
    if (contents.planned().isEmpty() && problems.isEmpty()) {
      problems.add("no weights of an adapter");
    }
    if (!problems.isEmpty()) {
      throw new CheckpointException(
          path + " has " + String.join(", and ", problems) + ". " + cure(contents, keys));
    }
  }

  private static String cure(Contents contents, Set<String> keys) {
    var foreign = ForeignModel.of(keys);
    if (foreign.isPresent()) {
      return "It seems to be made for " + foreign.get() + "; take one for FLUX.1 Kontext [dev]";
    }
    return contents.misfits().isEmpty() && !contents.planned().isEmpty()
        ? "--lora-lenient passes over such keys"
        : "Is it made for another model, or cut short?";
  }

  private static String listed(String title, List<String> all, String between) {
    String shown = String.join(between, all.subList(0, Math.min(SHOWN, all.size())));
    String rest = all.size() > SHOWN ? between + (all.size() - SHOWN) + " more" : "";
    return title.formatted(all.size()) + " (" + shown + rest + ")";
  }

  /// NaN in one tensor would be NaN in every pixel.
  private void requireNumbers() {
    for (String key : file.names()) {
      if (!unmatched.contains(key)) {
        requireNumbers(key);
      }
    }
  }

  private void requireNumbers(String key) {
    long elements = file.entry(key).shape().stream().reduce(1L, Math::multiplyExact);
    if (elements == 0) {
      throw new CheckpointException(path() + ": " + key + " is empty; fetch the file again");
    }
    try (var _ = Scope.open()) {
      var row = file.tensor(key).to(DType.F32).reshape(1, elements);
      float zero = row.mul(0).mean(1).toFloats()[0];
      if (Float.isNaN(zero)) {
        throw new CheckpointException(
            path()
                + ": "
                + key
                + " holds NaN or infinity; the training went wrong or the file is damaged");
      }
    }
  }

  public Path path() {
    return file.path();
  }

  /// The free texts of the file's header.
  public Map<String, String> metadata() {
    return file.files().getFirst().metadata();
  }

  /// All keys of the file.
  public List<String> keys() {
    return List.copyOf(file.names());
  }

  /// Keys that were passed over.
  public List<String> unmatched() {
    return unmatched;
  }

  /// What it is, for people.
  public Summary summary() {
    return Summary.of(this);
  }

  /// What it does: each change and what it is made to.
  public List<Planned> planned() {
    return planned;
  }

  @Override
  public void close() {
    file.close();
  }
}
