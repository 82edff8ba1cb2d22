package dev.kontext4j.lora.change;

import dev.kontext4j.lora.names.Role;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes changes of the tensors that a file has for one layer.
///
/// @param tensors by what they are for
/// @param scaling the factor that a rank comes with
public record LayerChanges(Map<Role, Factor> tensors, Scaling scaling) {
  private static final Set<Role> OF_BIAS =
      EnumSet.of(Role.UP_BIAS, Role.BIAS_DIFFERENCE, Role.BIAS_REPLACEMENT);
  private static final Set<Role> BESIDE = EnumSet.of(Role.ALPHA, Role.LENGTHS, Role.PEFT_LENGTHS);
  private static final Set<Role> OF_LORA = EnumSet.of(Role.DOWN, Role.UP, Role.MID);
  private static final Set<Role> OF_LOKR = EnumSet.range(Role.LOKR_W1, Role.LOKR_T2);
  private static final Set<Role> OF_LOHA = EnumSet.range(Role.HADA_W1_A, Role.HADA_T2);

  /// What the scale of a product is, which hangs on its rank.
  @FunctionalInterface
  public interface Scaling {
    double of(long rank);
  }

  /// What happens to the layer's weight.
  ///
  /// @throws Misfit if the tensors do not make one change
  public Optional<Change> weight() {
    var essence = EnumSet.noneOf(Role.class);
    essence.addAll(tensors.keySet());
    essence.removeAll(OF_BIAS);
    essence.removeAll(BESIDE);
    if (essence.isEmpty()) {
      Misfit.unless(
          tensors.keySet().stream().anyMatch(OF_BIAS::contains),
          () -> "%s comes without what it is about".formatted(keys()));
      return Optional.empty();
    }
    return Optional.of(decomposed(change(essence)));
  }

  private Change change(Set<Role> essence) {
    if (OF_LORA.containsAll(essence)) {
      return lowRank();
    }
    if (OF_LOKR.containsAll(essence)) {
      return kronecker();
    }
    if (OF_LOHA.containsAll(essence)) {
      return hadamard();
    }
    if (essence.equals(EnumSet.of(Role.DIFFERENCE))) {
      return new Difference(needed(Role.DIFFERENCE), 1);
    }
    if (essence.equals(EnumSet.of(Role.REPLACEMENT))) {
      return new Replacement(needed(Role.REPLACEMENT));
    }
    throw new Misfit("one layer is changed in several ways at once: " + keys());
  }

  private LowRank lowRank() {
    var down = needed(Role.DOWN);
    return new LowRank(needed(Role.UP), down, maybe(Role.MID), scale(down.rows()));
  }

  private Kronecker kronecker() {
    var w1 = product(Role.LOKR_W1, Role.LOKR_W1_A, Role.LOKR_W1_B, Optional.empty());
    var w2 = product(Role.LOKR_W2, Role.LOKR_W2_A, Role.LOKR_W2_B, maybe(Role.LOKR_T2));
    // of two whole matrices there is no rank, and alpha means nothing
    var ranked = w2.b().or(w1::b);
    return new Kronecker(w1, w2, ranked.isPresent() ? scale(ranked.get().rows()) : 1);
  }

  private Hadamard hadamard() {
    var w1 = product(Role.HADA_W1_A, Role.HADA_W1_B, maybe(Role.HADA_T1));
    var w2 = product(Role.HADA_W2_A, Role.HADA_W2_B, maybe(Role.HADA_T2));
    return new Hadamard(w1, w2, scale(needed(Role.HADA_W1_B).rows()));
  }

  private Product product(Role whole, Role a, Role b, Optional<Factor> core) {
    return tensors.containsKey(whole)
        ? new Product(needed(whole), Optional.empty(), core)
        : product(a, b, core);
  }

  private Product product(Role a, Role b, Optional<Factor> core) {
    return new Product(needed(a), Optional.of(needed(b)), core);
  }

  private Change decomposed(Change change) {
    var lengths = maybe(Role.LENGTHS).map(factor -> new Decomposed(change, factor, false));
    var ofPeft = maybe(Role.PEFT_LENGTHS).map(factor -> new Decomposed(change, factor, true));
    Misfit.unless(
        lengths.isEmpty() || ofPeft.isEmpty(),
        () -> "two kinds of lengths for one layer: %s".formatted(keys()));
    return lengths.or(() -> ofPeft).map(Change.class::cast).orElse(change);
  }

  /// What happens to the layer's bias.
  ///
  /// @throws Misfit if the tensors do not make one change
  public Optional<Change> bias() {
    var essence = EnumSet.noneOf(Role.class);
    essence.addAll(tensors.keySet());
    essence.retainAll(OF_BIAS);
    Misfit.unless(
        essence.size() < 2,
        () -> "one bias is changed in several ways at once: %s".formatted(keys()));
    return essence.stream()
        .findAny()
        .map(role ->
            switch (role) {
              case UP_BIAS -> new Difference(needed(role), scale(needed(Role.DOWN).rows()));
              case BIAS_DIFFERENCE -> new Difference(needed(role), 1);
              default -> new Replacement(needed(role));
            });
  }

  private double scale(long rank) {
    Misfit.unless(rank > 0, () -> "rank 0 in %s".formatted(keys()));
    return scaling.of(rank);
  }

  private Optional<Factor> maybe(Role role) {
    return Optional.ofNullable(tensors.get(role));
  }

  private Factor needed(Role role) {
    return maybe(role)
        .orElseThrow(() ->
            new Misfit(
                "half of it is missing: there is %s and no %s"
                    .formatted(keys(), role.name().toLowerCase(java.util.Locale.ROOT))));
  }

  private String keys() {
    return tensors.values().stream().map(Factor::key).sorted().collect(Collectors.joining(", "));
  }
}
