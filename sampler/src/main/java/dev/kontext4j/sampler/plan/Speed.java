package dev.kontext4j.sampler.plan;

/// How fast a device is.
///
/// @param product of large matrices, in 10^12 operations a second
/// @param copy of weights to it, in bytes a second
public record Speed(double product, double copy) {}
