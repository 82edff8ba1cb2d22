package dev.kontext4j.sampler;

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
/// @param oneGenerator whether the first seed's generator draws for all pictures, one after the
///   other, as diffusers does with one generator for a batch; else each picture has its own
/// @param type the element type of the draw; not given: the one the model computes in
public record NoisePlan(List<Long> seeds, boolean oneGenerator, Optional<NoiseType> type) {
  public NoisePlan {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("at least one seed is needed");
    }
  }

  /// `count` pictures with the seeds `seed`, `seed + 1`, ...
  public static NoisePlan counting(
      long seed, int count, boolean oneGenerator, Optional<NoiseType> type) {
    var seeds = LongStream.range(0, count).mapToObj(i -> seed + i).toList();
    return new NoisePlan(seeds, oneGenerator, type);
  }

  /// The noise of a picture by its place in the run, `n` numbers each. It is drawn when it is asked
  /// for, unless one generator draws for all.
  IntFunction<float[]> draw(int n, NoiseType computeType) {
    NoiseType drawn = type.orElse(computeType);
    if (!oneGenerator) {
      return i -> new TorchGenerator(seeds.get(i)).normal(n, drawn);
    }
    int all = Math.multiplyExact(n, seeds.size());
    float[] together = new TorchGenerator(seeds.getFirst()).normal(all, drawn);
    return i -> Arrays.copyOfRange(together, i * n, (i + 1) * n);
  }
}
