package dev.kontext4j.sampler.schedule;

/// How the noise levels lie between the highest and the lowest.
public enum Spacing {
  /// As the shift left them.
  SHIFTED,
  KARRAS,
  EXPONENTIAL,
  BETA
}
