package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.weights.Weights;
import java.util.List;

/// A block in which image and text keep their own weights and meet in the attention.
record DoubleStreamBlock(Stream img, Stream txt) {

  static DoubleStreamBlock load(Weights weights, FluxConfig config) {
    return new DoubleStreamBlock(
        Stream.load(weights, "img", config), Stream.load(weights, "txt", config));
  }

  Modulations modulations(Tensor activated) {
    return new Modulations(
        ModulationTable.of(img.mod, activated, 2), ModulationTable.of(txt.mod, activated, 2));
  }

  /// @param others keys and values of tokens that are not computed
  Tokens forward(Tokens in, Modulations mod, int step, Rope rope, KeyMemory others) {
    try (var scope = Scope.open()) {
      var imgMod = BranchPair.of(mod.img, step);
      var txtMod = BranchPair.of(mod.txt, step);
      long lt = in.txt().size(1);
      long li = in.img().size(1);

      var mixed = attend(in, imgMod, txtMod, rope, others); // (B, Lt + Li, D)
      var newImg = img.update(in.img(), mixed.narrow(1, lt, li), imgMod);
      var newTxt = txt.update(in.txt(), mixed.narrow(1, 0, lt), txtMod);
      return new Tokens(scope.keep(newImg), scope.keep(newTxt));
    }
  }

  private Tensor attend(
      Tokens in, BranchPair imgMod, BranchPair txtMod, Rope rope, KeyMemory others) {
    return Scope.tidy(() -> qkv(in, imgMod, txtMod).attend(rope, rope, others));
  }

  /// Of text and image, joined.
  private Qkv qkv(Tokens in, BranchPair imgMod, BranchPair txtMod) {
    return Qkv.tidy(
        () -> txt.qkv(in.txt(), txtMod.attention).then(img.qkv(in.img(), imgMod.attention)));
  }

  /// The block's modulations for all steps; per stream: attention, mlp.
  record Modulations(List<ModulationTable> img, List<ModulationTable> txt) {}

  /// A stream's two modulations at one step.
  private record BranchPair(Modulation attention, Modulation mlp) {
    static BranchPair of(List<ModulationTable> tables, int step) {
      return new BranchPair(tables.get(0).step(step), tables.get(1).step(step));
    }
  }

  /// One stream's weights.
  private record Stream(
      Linear mod, Linear qkv, QkNorm norm, Linear proj, Linear mlpIn, Linear mlpOut, int heads) {

    static Stream load(Weights weights, String name, FluxConfig config) {
      long d = config.width();
      var attn = weights.at(name + "_attn");
      var mlp = weights.at(name + "_mlp");
      return new Stream(
          Linear.load(weights.at(name + "_mod").at("lin").once(), d, 6 * d),
          Linear.loadBearing8Bits(attn.at("qkv"), d, 3 * d),
          QkNorm.load(attn.at("norm"), config),
          Linear.loadBearing8Bits(attn.at("proj"), d, d),
          Linear.loadBearing8Bits(mlp.at(0), d, config.mlpWidth()),
          Linear.loadBearing8Bits(mlp.at(2), config.mlpWidth(), d),
          config.heads());
    }

    /// (B, L, D) to (B, L, H, E) each.
    Qkv qkv(Tensor x, Modulation mod) {
      return Qkv.tidy(() -> {
        var all = qkv.forward(mod.modulate(x));
        var parts = all.reshape(x.size(0), x.size(1), 3L * heads, -1).chunk(3, 2);
        return new Qkv(norm.query(parts.get(0)), norm.key(parts.get(1)), parts.get(2));
      });
    }

    Tensor update(Tensor x, Tensor attended, BranchPair mod) {
      return Scope.tidy(() -> {
        var y = mod.attention.residual(x, proj.forward(attended));
        var hidden = Scope.tidy(() -> mlpIn.forward(mod.mlp.modulate(y)).geluTanh());
        return mod.mlp.residual(y, mlpOut.forward(hidden));
      });
    }
  }
}
