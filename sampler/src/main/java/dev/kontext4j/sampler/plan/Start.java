package dev.kontext4j.sampler.plan;

/// What a request finds in memory when it begins.
public enum Start {
  /// Nothing: weights are read at their first use.
  COLD,
  /// What an earlier request has left of the transformer and the autoencoder.
  WARM
}
