package dev.kontext4j.sampler.schedule;

/// How the noise levels are pushed towards the noisy end.
public enum Shift {
  /// By the fixed factor of the configuration.
  CONSTANT,
  /// By `e^mu`, where mu grows with the picture.
  EXPONENTIAL,
  /// By mu itself.
  LINEAR
}
