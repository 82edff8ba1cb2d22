package dev.kontext4j.cli;

import dev.kontext4j.cli.bench.CopySpeed;
import dev.kontext4j.cli.bench.ProductSpeed;
import dev.kontext4j.cli.plan.CardModel;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.sampler.plan.MemoryLimit;
import dev.kontext4j.sampler.plan.Speed;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// Where an edit would be made: here, or on a card that need not be here.
///
/// @param free for tensors, if nobody sets another limit; ordinary memory has none
/// @param speed found out when it is asked for
record PlanPlace(String name, Computing computing, OptionalLong free, Supplier<Speed> speed) {

  static PlanPlace of(CardModel card, Precision precision) {
    long free = card.bytes() - MemoryWish.reserve(card.bytes()) - MemoryWish.CONTEXT;
    return new PlanPlace(
        card.name(),
        new Computing(DType.BF16, precision, Device.cuda(0)),
        OptionalLong.of(free),
        card::speed);
  }

  /// This machine.
  static PlanPlace here(ModelOptions options) {
    var device = options.loadLibtorch().device();
    device.requireUsable();
    var computing = options.computing(device);
    return new PlanPlace(
        device.toString(),
        computing,
        MemoryWish.free(device),
        () -> new Speed(new ProductSpeed(computing).measured(), new CopySpeed(device).measured()));
  }

  /// What plans must keep to.
  MemoryLimit limit(MemoryWish wish) {
    var asked = wish.asked(computing.device());
    return wish.within(asked.isPresent() ? asked : free);
  }
}
