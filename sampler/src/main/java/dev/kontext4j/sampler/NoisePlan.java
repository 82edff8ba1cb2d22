package dev.kontext4j.sampler;

import dev.kontext4j.sampler.noise.NoiseType;
import dev.kontext4j.sampler.noise.TorchGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /// The noise of every picture, `n` numbers each.
  List<float[]> draw(int n, NoiseType computeType) {
    NoiseType drawn = type.orElse(computeType);
    return oneGenerator ? drawTogether(n, drawn) : drawEach(n, drawn);
  }

  private List<float[]> drawEach(int n, NoiseType drawn) {
    return seeds.stream().map(seed -> new TorchGenerator(seed).normal(n, drawn)).toList();
  }

  private List<float[]> drawTogether(int n, NoiseType drawn) {
    int count = seeds.size();
    float[] all = new TorchGenerator(seeds.getFirst()).normal(Math.multiplyExact(n, count), drawn);
    var each = new ArrayList<float[]>();
    for (int i = 0; i < count; i++) {
      each.add(Arrays.copyOfRange(all, i * n, (i + 1) * n));
    }
    return each;
  }
}
