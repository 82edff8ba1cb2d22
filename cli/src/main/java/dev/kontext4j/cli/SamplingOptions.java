package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.noise.NoiseType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// From which noise, over how many steps, how strongly.
final class SamplingOptions {
  private static final int DEFAULT_STEPS = 28;

  /// Whose way of drawing noise to follow.
  enum NoiseRule {
    /// In the element type that the model computes in.
    DIFFUSERS,
    /// Always in f32.
    COMFYUI
  }

  /// Who draws for several pictures.
  enum BatchNoise {
    EACH,
    ONE
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.StepCount.class,
      description = "Number of steps (default: " + DEFAULT_STEPS + ").")
  private @Nullable Integer steps;

  @Option(
      names = "--sigmas",
      paramLabel = "A,B,...",
      hideParamSyntax = true,
      split = ",",
      converter = Numbers.Sigma.class,
      description = "Noise levels to go through instead of --steps: falling, one a step.")
  private @Nullable List<Double> sigmas;

  @Option(
      names = "--guidance",
      paramLabel = "X",
      defaultValue = "2.5",
      converter = Numbers.Guidance.class,
      description = "How closely to follow the prompt (default: ${DEFAULT-VALUE}).")
  private float guidance;

  @Option(
      names = "--seed",
      paramLabel = "N[,N...]",
      hideParamSyntax = true,
      split = ",",
      converter = Numbers.Seed.class,
      description = "Seed of the noise, or one for each picture (default: a random one).")
  private @Nullable List<Long> seeds;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Numbers.PictureCount.class,
      description = "How many pictures, with seeds N, N+1, ... (default: one a seed).")
  private @Nullable Integer count;

  @Option(
      names = "--batch-noise",
      paramLabel = "each|one",
      defaultValue = "each",
      description =
          "Several pictures: each from its own seed, or all from one generator, as diffusers does"
              + " for a batch (default: ${DEFAULT-VALUE}).")
  private BatchNoise batchNoise = BatchNoise.EACH;

  @Option(
      names = "--noise",
      paramLabel = "diffusers|comfyui",
      defaultValue = "diffusers",
      description =
          "Draw noise in the element type computed in, as diffusers does, or always in f32, as"
              + " ComfyUI does (default: ${DEFAULT-VALUE}).")
  private NoiseRule noise = NoiseRule.DIFFUSERS;

  @Option(
      names = "--noise-dtype",
      paramLabel = "f32|bf16|f16",
      description = "Draw noise in this element type, whatever --noise says.")
  private @Nullable NoiseType noiseType;

  private final long randomSeed = ThreadLocalRandom.current().nextInt(0, Integer.MAX_VALUE);

  Steps steps() {
    if (sigmas == null) {
      return new Steps.Count(steps == null ? DEFAULT_STEPS : steps);
    }
    if (Typed.on(command, "--steps")) {
      throw new UsageException("--steps and --sigmas exclude each other");
    }
    for (int i = 1; i < sigmas.size(); i++) {
      if (sigmas.get(i) >= sigmas.get(i - 1)) {
        throw new UsageException(
            "--sigmas must fall from step to step, but %s follows %s"
                .formatted(sigmas.get(i), sigmas.get(i - 1)));
      }
    }
    return new Steps.Levels(sigmas);
  }

  float guidance() {
    return guidance;
  }

  NoisePlan noise() {
    boolean one = batchNoise == BatchNoise.ONE;
    if (seeds != null && seeds.size() > 1) {
      if (count != null || one) {
        throw new UsageException(
            "several seeds go neither with --count nor with --batch-noise one");
      }
      return new NoisePlan(seeds, Optional.empty(), type());
    }
    return NoisePlan.counting(firstSeed(), count == null ? 1 : count, one, type());
  }

  /// The first seed if the user named none: worth knowing, to make the same picture again.
  OptionalLong drawnSeed() {
    return seeds == null ? OptionalLong.of(randomSeed) : OptionalLong.empty();
  }

  private long firstSeed() {
    return seeds == null ? randomSeed : seeds.getFirst();
  }

  private Optional<NoiseType> type() {
    if (noiseType != null) {
      return Optional.of(noiseType);
    }
    return noise == NoiseRule.COMFYUI ? Optional.of(NoiseType.F32) : Optional.empty();
  }
}
