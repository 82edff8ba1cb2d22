package dev.kontext4j.cli;

import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.noise.NoiseType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
  private @Nullable CommandSpec command;

  @Option(
      names = "--seed",
      paramLabel = "N[,N...]",
      converter = Numbers.Seeds.class,
      description = "Seed of the noise, or one for each picture (default: a random one).")
  private @Nullable List<Long> seeds;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description = "How many pictures, with seeds N, N+1, ... (default: one a seed).")
  private @Nullable Integer count;

  @Option(
      names = "--batch-noise",
      paramLabel = "each|one",
      defaultValue = "EACH",
      description = {
        "Several pictures: each from its own seed, or all from one generator,",
        "as diffusers does for a batch (default: each)."
      })
  private BatchNoise batchNoise = BatchNoise.EACH;

  @Option(
      names = "--noise",
      paramLabel = "diffusers|comfyui",
      defaultValue = "DIFFUSERS",
      description = {
        "Draw noise in the element type computed in, as diffusers does, or",
        "always in f32, as ComfyUI does (default: diffusers)."
      })
  private NoiseRule noise = NoiseRule.DIFFUSERS;

  @Option(
      names = "--noise-dtype",
      paramLabel = "f32|bf16|f16",
      description = "Draw noise in this element type, whatever --noise says.")
  private @Nullable NoiseType noiseType;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.StepCount.class,
      description = "Number of steps (default: " + DEFAULT_STEPS + ").")
  private @Nullable Integer steps;

  @Option(
      names = "--sigmas",
      paramLabel = "A,B,...",
      converter = Numbers.Sigmas.class,
      description = "Noise levels to go through instead, falling, one a step.")
  private @Nullable List<Double> sigmas;

  @Option(
      names = "--guidance",
      paramLabel = "X",
      defaultValue = "2.5",
      converter = Numbers.Strength.class,
      description = "How closely to follow the prompt (default: ${DEFAULT-VALUE}).")
  private float guidance;

  Steps steps() {
    if (steps != null && sigmas != null) {
      throw usage("--steps and --sigmas exclude each other");
    }
    return sigmas == null
        ? new Steps.Count(steps == null ? DEFAULT_STEPS : steps)
        : new Steps.Levels(sigmas);
  }

  float guidance() {
    return guidance;
  }

  NoisePlan noise() {
    boolean one = batchNoise == BatchNoise.ONE;
    if (seeds != null && seeds.size() > 1) {
      if (count != null || one) {
        throw usage("several seeds go neither with --count nor with --batch-noise one");
      }
      return new NoisePlan(seeds, false, type());
    }
    long seed =
        seeds == null
            ? ThreadLocalRandom.current().nextInt(0, Integer.MAX_VALUE)
            : seeds.getFirst();
    return NoisePlan.counting(seed, count == null ? 1 : count, one, type());
  }

  private Optional<NoiseType> type() {
    if (noiseType != null) {
      return Optional.of(noiseType);
    }
    return noise == NoiseRule.COMFYUI ? Optional.of(NoiseType.F32) : Optional.empty();
  }

  private ParameterException usage(String message) {
    return new ParameterException(
        command == null ? new CommandLine(new Object()) : command.commandLine(), message);
  }
}
