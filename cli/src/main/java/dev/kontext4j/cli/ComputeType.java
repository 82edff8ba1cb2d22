package dev.kontext4j.cli;

import dev.kontext4j.engine.CpuFeatures;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;

/// The element type a user asks for.
enum ComputeType {
  AUTO {
    @Override
    DType on(Device device) {
      return !device.isCpu() || CpuFeatures.bf16() ? DType.BF16 : DType.F32;
    }
  },
  F32 {
    @Override
    DType on(Device device) {
      return DType.F32;
    }
  },
  BF16 {
    @Override
    DType on(Device device) {
      return DType.BF16;
    }
  };

  abstract DType on(Device device);
}
