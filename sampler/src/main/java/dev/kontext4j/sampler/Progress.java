package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.Picture;
import java.util.function.Supplier;

/// Told what a run is doing, as it goes, on the thread that runs.
@FunctionalInterface
public interface Progress {
  Progress SILENT = _ -> {};

  void at(Event event);

  /// This, and then another.
  default Progress and(Progress other) {
    return event -> {
      at(event);
      other.at(event);
    };
  }

  /// The events of a run, in their order; those of one picture repeat for the next.
  sealed interface Event {}

  /// The prompts are being read.
  record Text() implements Event {}

  /// All prompts are known from earlier times: no text encoder was opened.
  record TextKnown() implements Event {}

  /// A prompt did not fit into an encoder: it lost its end.
  record Truncated(String encoder, String lostText, int lostWords) implements Event {}

  /// Reference `number` of `count` is being encoded.
  record Reference(int number, int count) implements Event {}

  /// What all steps share is being made.
  record Shared() implements Event {}

  /// Step `step` of `steps` begins.
  record Step(int step, int steps, PictureNumber picture) implements Event {}

  /// Step `step` of `steps` is done.
  ///
  /// @param preview what the picture is going to be, as far as it can be told: a pixel for each
  ///   place of the latent. It is made when it is asked for, and only while this is told
  record Estimate(int step, int steps, PictureNumber picture, Supplier<Picture> preview)
      implements Event {}

  /// The memory did not suffice; what failed is begun again under this plan.
  record LessMemory(MemoryPlan plan) implements Event {}

  /// The last latents are becoming a picture.
  record Decoding(PictureNumber picture) implements Event {}

  /// Picture `number` (from 1) of `count`.
  record PictureNumber(int number, int count) {}
}
