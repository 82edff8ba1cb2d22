package dev.kontext4j.cli;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.residency.WeightLimit;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.MemoryPlan;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.PartKind;
import java.util.List;
import java.util.Optional;

/// Where a run's weights will be, and what the user is told of it.
///
/// @param note if there was anything to decide
record WeightPlan(MemoryPlan memory, Optional<String> note) {

  static WeightPlan of(
      Optional<WeightLimit> limit,
      ModelFiles files,
      DType dtype,
      Precision precision,
      Device device) {
    return limit
        .map(known -> 
            within(
                known,
                KontextPipeline.sizes(files, PartKind.TRANSFORMER, dtype, precision, device)))
        .orElseGet(() -> new WeightPlan(MemoryPlan.ALL_STAYS, Optional.empty()));
  }

  private static WeightPlan within(WeightLimit limit, List<GroupSize> sizes) {
    var residency = limit.plan(sizes);
    return new WeightPlan(
        new MemoryPlan(residency, Residency.ALL), Optional.of(text(limit, residency, sizes)));
  }

  private static String text(WeightLimit limit, Residency residency, List<GroupSize> sizes) {
    if (!residency.streams()) {
      return "the transformer's weights fit into %s: all stay"
          .formatted(Bytes.decimal(limit.bytes()));
    }
    var blocks = sizes.stream().filter(size -> size.group().use() == Group.Use.BLOCK).toList();
    int staying = Math.min(residency.blocks(), blocks.size());
    long read = blocks.stream().skip(staying).mapToLong(GroupSize::stored).sum();
    return "%d of the transformer's %d blocks stay within %s; the others are read at each step, %s, through %s of memory"
        .formatted(
            staying,
            blocks.size(),
            Bytes.decimal(limit.bytes()),
            Bytes.decimal(read),
            Bytes.decimal(residency.ringBytes()));
  }
}
