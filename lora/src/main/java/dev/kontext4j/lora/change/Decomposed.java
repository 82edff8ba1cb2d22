package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;

/// DoRA: the sum of weight and change is brought to given lengths, of its rows or of its columns
/// (Liu et al. 2024). As a difference from the model's weight it can be added to what other
/// adapters do.
///
/// @param lengths one a row: (rows) or (rows, 1); or one a column: (1, columns)
/// @param strengthInside whether the strength scales the change before lengths are measured, as
///   PEFT does it, or the whole difference, as ComfyUI does
record Decomposed(Change change, Factor lengths, boolean strengthInside) implements Change {
  /// Rows of nothing keep the length 0.
  private static final double TINY = 1e-30;

  private static final double EPSILON = Math.ulp(1f);

  Decomposed {
    Misfit.unless(
        change.columns() > 0, () -> "%s is about a bias or a norm".formatted(lengths.key()));
    Misfit.unless(
        ofRows(change, lengths) || lengths.elements() == change.columns(),
        () ->
            "%s has %d lengths for %d rows and %d columns"
                .formatted(lengths.key(), lengths.elements(), change.rows(), change.columns()));
  }

  /// A square weight's lengths tell by their shape what they are of.
  private static boolean ofRows(Change change, Factor lengths) {
    boolean oneRow = lengths.rank() > 1 && lengths.rows() == 1 && change.rows() != 1;
    return !oneRow && lengths.elements() == change.rows();
  }

  @Override
  public Tensor delta(Tensor base, double strength) {
    return Scope.tidy(() -> {
      var sum = base.add(change.delta(base, strengthInside ? strength : 1));
      var whole = sum.mul(target(sum)).sub(base);
      return strengthInside ? whole : whole.mul(strength);
    });
  }

  /// What each row or column is to be multiplied with: wanted length / length.
  private Tensor target(Tensor sum) {
    boolean rows = ofRows(change, lengths);
    double count = (double) (rows ? change.columns() : change.rows());
    var squares = sum.mul(sum).mean(rows ? 1 : 0).mul(count).add(TINY);
    var wanted = lengths.vector(sum.device());
    return inverseRoot(squares).mul(rows ? wanted.reshape(-1, 1) : wanted.reshape(1, -1));
  }

  /// LyCORIS adds a little to every length, which shows where lengths are small; PEFT does not.
  private Tensor inverseRoot(Tensor squares) {
    if (strengthInside) {
      return squares.rsqrt();
    }
    var root = squares.mul(squares.rsqrt()).add(EPSILON);
    return root.mul(root).rsqrt();
  }

  @Override
  public boolean standsAlone() {
    return false;
  }

  @Override
  public double norm() {
    return change.norm();
  }

  @Override
  public long rows() {
    return change.rows();
  }

  @Override
  public long columns() {
    return change.columns();
  }

  @Override
  public OptionalLong rank() {
    return change.rank();
  }

  @Override
  public String kind() {
    return "DoRA";
  }
}
