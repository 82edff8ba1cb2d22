package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.sampler.TextEncoders.Conditioning;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.transformer.flux.Modulations;
import dev.kontext4j.transformer.flux.Position;
import dev.kontext4j.transformer.flux.Rope;
import dev.kontext4j.transformer.flux.Shortcuts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The steps from noise to a latent picture, by the Euler method along the velocity that the
/// transformer gives. What does not change from step to step is made once, here at the start.
final class Denoiser {
  private final Networks networks;
  private final Endurance endurance;
  private final Schedule schedule;
  private final @Nullable Tensor references;
  private final Guided towards;
  private final Optional<Guided> away;
  private final float trueCfg;
  private final Fast fast;

  /// A prompt, ready for every step.
  private record Guided(Tensor txt, Modulations modulations, Rope rope) {}

  /// A picture's last latents.
  record Denoised(Tensor latents, Spared spared) {}

  /// Makes what all steps share.
  ///
  /// @param prompts the prompt, and behind it what to steer away from if there is anything
  Denoiser(
      Networks networks,
      Endurance endurance,
      Schedule schedule,
      EditRequest request,
      Grid output,
      References references,
      List<Conditioning> prompts) {
    this.networks = networks;
    this.endurance = endurance;
    this.schedule = schedule;
    this.references = references.tokens().map(networks.transformer()::image).orElse(null);
    this.trueCfg = request.trueCfg();
    this.fast = request.fast();
    float guidance = request.guidance();
    var positions = new ArrayList<Position>(output.positions(0, 0, 0));
    positions.addAll(references.positions());
    towards = guided(prompts.getFirst(), guidance, positions);
    away = prompts.stream().skip(1).findFirst().map(other -> guided(other, guidance, positions));
  }

  private Guided guided(Conditioning prompt, float guidance, List<Position> positions) {
    int textTokens = Math.toIntExact(prompt.states().size(1));
    var transformer = networks.transformer();
    return new Guided(
        transformer.text(prompt.states()),
        transformer.modulations(schedule.timesteps(), guidance, prompt.pooled()),
        transformer.rope(textTokens, positions));
  }

  /// Noise tokens (1, Ln, C) to the latent picture's.
  ///
  /// @param preview makes a small picture of latents
  Denoised denoise(
      Tensor noise,
      Progress.PictureNumber picture,
      Progress progress,
      Function<Tensor, Picture> preview) {
    return fast.isExact()
        ? steps(noise, picture, progress, preview)
        : endurance.during(progress, () -> steps(noise, picture, progress, preview));
  }

  private Denoised steps(
      Tensor noise,
      Progress.PictureNumber picture,
      Progress progress,
      Function<Tensor, Picture> preview) {
    try (var scope = Scope.open();
        var memory = new Remembered(fast, schedule)) {
      var latents = noise;
      for (int step = 0; step < schedule.steps(); step++) {
        progress.at(new Progress.Step(step + 1, schedule.steps(), picture));
        var velocity = velocity(latents, step, memory, progress);
        progress.at(estimate(latents, velocity, step, picture, preview));
        var next = step(latents, velocity, step);
        scope.drop(latents);
        scope.drop(velocity);
        latents = next;
      }
      int steps = away.isPresent() ? 2 * schedule.steps() : schedule.steps();
      return new Denoised(scope.keep(latents), memory.spared(steps));
    }
  }

  /// The reference rounds the way to go to the model's type, adds it in f32, and rounds the sum.
  private Tensor step(Tensor latents, Tensor velocity, int step) {
    return Scope.tidy(() -> {
      var way = velocity.mul(schedule.dt(step));
      return latents.to(DType.F32).add(way).to(latents.dtype());
    });
  }

  /// Where the way would end if it went on straight: all noise is gone at level 0.
  private Progress.Estimate estimate(
      Tensor latents,
      Tensor velocity,
      int step,
      Progress.PictureNumber picture,
      Function<Tensor, Picture> preview) {
    return new Progress.Estimate(
        step + 1,
        schedule.steps(),
        picture,
        () -> {
          try (var _ = Scope.open()) {
            return preview.apply(latents.sub(velocity.mul(schedule.sigma(step))));
          }
        });
  }

  /// A step is begun again if the memory did not suffice. With shortcuts the picture is: what they
  /// remember of the step before would not be what it was.
  private Tensor velocity(Tensor latents, int step, Remembered memory, Progress progress) {
    Supplier<Tensor> velocity = () -> Scope.tidy(() -> guidedVelocity(latents, step, memory));
    return fast.isExact() ? endurance.during(progress, velocity) : velocity.get();
  }

  private Tensor guidedVelocity(Tensor latents, int step, Remembered memory) {
    var forward = velocity(towards, latents, step, memory.towards());
    return away.map(
            negative -> {
              var backward = velocity(negative, latents, step, memory.away());
              return backward.add(forward.sub(backward).mul(trueCfg));
            })
        .orElse(forward);
  }

  private Tensor velocity(Guided prompt, Tensor latents, int step, Shortcuts shortcuts) {
    return networks
        .transformer()
        .velocity(
            latents, references, prompt.txt, prompt.modulations, step, prompt.rope, shortcuts);
  }
}
