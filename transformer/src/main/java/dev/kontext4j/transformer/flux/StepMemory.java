package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.nn.Attention;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.EightBitProduct;
import dev.kontext4j.engine.quant.Precision;

/// What one call of [FluxTransformer#velocity] takes at its peak, beside the weights and what it is
/// given. A model of the network's own lines, in units of what one token's state takes; measured in
/// docs/measurements.md.
///
/// @param packed whether weights are expanded for each product
public record StepMemory(
    FluxConfig config, TokenCounts tokens, Computing computing, boolean packed) {
  private static final long F32 = 4;

  /// Elements of a packed weight that are expanded at once, and f32 numbers that each takes then.
  private static final long EXPANDED = 4L << 20;

  private static final long NUMBERS_EACH = 4;

  /// In bytes.
  public long bytes() {
    double units = Math.max(doubleBlock(), config.singleBlocks() > 0 ? singleBlock() : 0);
    return (long) (units * config.width() * dtype().bytes()) + weightInUse();
  }

  /// What all steps share: modulations, the text stream, the references, positions.
  ///
  /// @param prompts 2 if there is one to steer away from
  public long shared(int steps, int prompts) {
    long tables = 12L * config.doubleBlocks() + 3L * config.singleBlocks() + 2;
    long states = (tables * steps + tokens.text()) * prompts + tokens.references();
    long positions = tokens.all() * config.headSize() * F32 * prompts;
    return states * config.width() * dtype().bytes() + positions;
  }

  /// Tokens times the states that each has at once, in the worst of the block's moments.
  private double doubleBlock() {
    double all = tokens.all();
    double image = all - tokens.text();
    double joining = all * (1 + 5 + 3); // the stream; q, k, v and what was normalised; joined
    double attending = all * (1 + 3 + attention());
    double mlp =
        all * (1 + 1) + image * (1 + 1 + hidden(4) + 4) + onTheWay(); // attended; residual; hidden
    return Math.max(Math.max(joining, attending), mlp);
  }

  private double singleBlock() {
    double all = tokens.all();
    double projecting = all * (1 + 1 + hidden(7)) + onTheWay();
    double attending = all * (1 + 7 + 2 + attention()); // the stream; q, k, v, mlp; normalised
    double joining = all * (1 + 7 + 1 + 5); // attended; beside the hidden layer
    return Math.max(Math.max(projecting, attending), joining);
  }

  /// Queries and keys turned, one behind the other and in f32, and what is attended.
  private double attention() {
    double turning = 1 + (dtype() == DType.F32 ? 1 : 2 * wide() + 1);
    double attending = 2 + 2;
    if (throughF32()) {
      attending += 4 * wide();
    } else if (computing.device().isCpu() && dtype() == DType.BF16) {
      attending += scores();
    }
    return Math.max(turning, attending);
  }

  private double scores() {
    long all = tokens.all();
    long state = (long) config.width() * dtype().bytes();
    return Attention.scoreBytes(config.heads(), all, all) / (double) (all * state);
  }

  /// What a layer gives to a token that is so many times as wide as its state.
  private double hidden(int times) {
    return throughF32() && !inEightBits() ? (1 + times) * wide() + times : times;
  }

  /// What products of 8 bits take for the few rows that they deal with at once.
  private double onTheWay() {
    long state = (long) config.width() * dtype().bytes();
    return inEightBits() ? EightBitProduct.bytes(computing.device()) / (double) state : 0;
  }

  private boolean throughF32() {
    return computing.device().multipliesInF32(dtype());
  }

  private boolean inEightBits() {
    return computing.precision() != Precision.EXACT;
  }

  private double wide() {
    return (double) F32 / dtype().bytes();
  }

  /// The largest weight, if it is not used as it is kept.
  private long weightInUse() {
    long largest = (3L * config.width() + config.mlpWidth()) * config.width();
    return (packed ? largest * dtype().bytes() + EXPANDED * NUMBERS_EACH * F32 : 0)
        + largest * F32 * inF32();
  }

  /// How many times in f32. Of weights in fp8 a CPU makes two for each product.
  private int inF32() {
    boolean expandedFp8 = computing.precision() == Precision.FP8 && computing.device().isCpu();
    return expandedFp8 ? 2 : throughF32() ? 1 : 0;
  }

  private DType dtype() {
    return computing.dtype();
  }
}
