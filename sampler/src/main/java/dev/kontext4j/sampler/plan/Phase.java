package dev.kontext4j.sampler.plan;

/// A part of a run that has a peak of its own.
public enum Phase {
  TEXT,
  REFERENCES,
  MODULATIONS,
  STEPS,
  DECODING
}
