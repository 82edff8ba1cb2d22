package dev.kontext4j.hub.store;

import dev.kontext4j.hub.lock.Licence;
import dev.kontext4j.hub.lock.ModelSet;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a pull is going to do.
public record PullPlan(ModelSet set, Path folder, List<Step> steps) {
  private static final String LICENCE_TEXT = "licence"; // a file's role

  public <T extends Step> List<T> of(Class<T> kind) {
    return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// How much is going to be fetched, as far as sizes are known.
  public long bytesToFetch() {
    return of(Step.Fetch.class).stream()
        .mapToLong(step -> step.file().size().orElse(step.file().about()))
        .sum();
  }

  /// Whether nothing is to be done.
  public boolean isDone() {
    return steps.size() == of(Step.Here.class).size();
  }

  /// Of this, only the texts of licences that are to be fetched.
  public PullPlan licenceTexts() {
    return new PullPlan(
        set,
        folder,
        steps.stream()
            .filter(step ->
                step instanceof Step.Fetch fetch && fetch.file().role().equals(LICENCE_TEXT))
            .toList());
  }

  /// The licences that must be accepted for what is going to be fetched.
  public List<Licence> toAccept() {
    return steps.stream()
        .flatMap(step ->
            step instanceof Step.Fetch fetch
                ? Stream.of(fetch.file().licence())
                : Stream.<Licence>of())
        .filter(Licence::accept)
        .distinct()
        .toList();
  }
}
