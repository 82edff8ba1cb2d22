package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All modulations of a prompt, for every block and every step; made once, before the first step.
public final class Modulations {
  final List<DoubleStreamBlock.Modulations> doubleBlocks;
  final List<ModulationTable> singleBlocks;
  final ModulationTable finalLayer;

  Modulations(
      List<DoubleStreamBlock.Modulations> doubleBlocks,
      List<ModulationTable> singleBlocks,
      ModulationTable finalLayer) {
    this.doubleBlocks = doubleBlocks;
    this.singleBlocks = singleBlocks;
    this.finalLayer = finalLayer;
  }

  /// What the first block does to the image stream before its attention.
  Modulation imageInput(int step) {
    return doubleBlocks.getFirst().img().getFirst().step(step);
  }

  void forEachTensor(Consumer<Tensor> action) {
    for (var block : doubleBlocks) {
      Stream.of(block.img(), block.txt())
          .flatMap(List::stream)
          .forEach(table -> table.forEachTensor(action));
    }
    singleBlocks.forEach(table -> table.forEachTensor(action));
    finalLayer.forEachTensor(action);
  }
}
