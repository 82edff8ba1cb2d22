package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.sampler.noise.NoiseType;
import dev.kontext4j.sampler.noise.TorchGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/// The pictures of a run by their noise.
///
/// @param seeds one a picture, as they are reported
/// @param batch given: one generator draws for all pictures, one after the other, as in diffusers
///   for a batch; else each picture has its own
/// @param type the element type of the draw; not given: the one the model computes in
public record NoisePlan(List<Long> seeds, Optional<Batch> batch, Optional<NoiseType> type) {
  public NoisePlan {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("at least one seed is needed");
    }
  }

  /// A place in what one generator draws.
  ///
  /// @param seed of the generator
  /// @param before how many pictures it has drawn for already
  public record Batch(long seed, int before) {}

  /// `count` pictures with the seeds `seed`, `seed + 1`, ...
  public static NoisePlan counting(
      long seed, int count, boolean oneGenerator, Optional<NoiseType> type) {
    var seeds = LongStream.range(0, count).mapToObj(i -> seed + i).toList();
    return new NoisePlan(
        seeds, oneGenerator ? Optional.of(new Batch(seed, 0)) : Optional.empty(), type);
  }

  /// The place of picture `i` in its batch, if it is of one.
  public Optional<Batch> batch(int i) {
    return batch.map(all -> new Batch(all.seed, all.before + i));
  }

  /// The element type of the draw for a model that computes in another.
  public NoiseType type(DType compute) {
    return type.orElse(compute == DType.BF16 ? NoiseType.BF16 : NoiseType.F32);
  }

  /// The noise of a picture by its place in the run, `n` numbers each. It is drawn when it is asked
  /// for, unless one generator draws for all.
  IntFunction<float[]> draw(int n, DType compute) {
    NoiseType drawn = type(compute);
    if (batch.isEmpty()) {
      return i -> new TorchGenerator(seeds.get(i)).normal(n, drawn);
    }
    int first = batch.get().before;
    int all = Math.multiplyExact(n, first + seeds.size());
    float[] together = new TorchGenerator(batch.get().seed).normal(all, drawn);
    return i -> Arrays.copyOfRange(together, (first + i) * n, (first + i + 1) * n);
  }
}
