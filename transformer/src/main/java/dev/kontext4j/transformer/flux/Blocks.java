package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/// The double-stream blocks, and the single-stream blocks behind them.
record Blocks(List<DoubleStreamBlock> doubles, List<SingleStreamBlock> singles) {

  static Blocks load(Weights weights, FluxConfig config) {
    var doubles = weights.at("double_blocks");
    var singles = weights.at("single_blocks");
    return new Blocks(
        IntStream.range(0, config.doubleBlocks())
            .mapToObj(i -> DoubleStreamBlock.load(doubles.at(i).block(), config))
            .toList(),
        IntStream.range(0, config.singleBlocks())
            .mapToObj(i -> SingleStreamBlock.load(single(singles.at(i), i, config), config))
            .toList());
  }

  /// The last one's errors go straight into what comes out: it makes a quarter of all that 8 bits
  /// cost on the embedded model (docs/measurements.md), and is the cheapest one.
  private static Weights single(Weights weights, int number, FluxConfig config) {
    return number == config.singleBlocks() - 1 ? weights.block().exact() : weights.block();
  }

  int count() {
    return doubles.size() + singles.size();
  }

  /// The noise tokens behind the last block: (B, Ln, D).
  ///
  /// @param in its image stream is not needed any more behind the first block, and freed there
  Tensor forward(Tokens in, Moment at) {
    return forward(in, 0, at);
  }

  /// As [#forward], of tokens that have passed the first `from` double blocks already.
  Tensor forward(Tokens in, int from, Moment at) {
    try (var scope = Scope.open()) {
      var x = throughDoubles(in, from, at);
      return scope.keep(throughSingles(x, in.txt().size(1), at));
    }
  }

  /// Both streams behind the first block.
  Tokens first(Tokens in, Moment at) {
    return through(0, in, at);
  }

  private Tokens through(int number, Tokens in, Moment at) {
    var mod = at.modulations().doubleBlocks.get(number);
    return doubles.get(number).forward(in, mod, at.step(), at.rope(), at.keys().apply(number));
  }

  /// Both streams behind the last double block, joined: (B, L, D).
  private Tensor throughDoubles(Tokens tokens, int from, Moment at) {
    try (var scope = Scope.open()) {
      scope.adopt(tokens.img());
      for (int i = from; i < doubles.size(); i++) {
        var next = through(i, tokens, at);
        scope.drop(tokens.img());
        scope.drop(tokens.txt());
        tokens = next;
      }
      return scope.keep(tokens.joined());
    }
  }

  private Tensor throughSingles(Tensor x, long textTokens, Moment at) {
    if (singles.isEmpty()) {
      return x.narrow(1, textTokens, at.noiseTokens());
    }
    try (var scope = Scope.open()) {
      int last = singles.size() - 1;
      for (int i = 0; i < last; i++) {
        var next = singles.get(i).forward(x, modulation(i, at), at.rope(), keys(i, at));
        scope.drop(x);
        x = next;
      }
      return scope.keep(
          singles
              .get(last)
              .forward(
                  x,
                  modulation(last, at),
                  at.rope(),
                  keys(last, at),
                  textTokens,
                  at.noiseTokens()));
    }
  }

  private static Modulation modulation(int single, Moment at) {
    return at.modulations().singleBlocks.get(single).step(at.step());
  }

  private KeyMemory keys(int single, Moment at) {
    return at.keys().apply(doubles.size() + single);
  }
}
