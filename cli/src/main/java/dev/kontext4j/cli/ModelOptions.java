package dev.kontext4j.cli;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.DeviceWish;
import dev.kontext4j.engine.Libtorch;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model computes, where, and in what.
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR|FILE|SET|toybox",
      description =
          "FLUX.1 Kontext [dev]: its folder as diffusers lays it out, one file with all or some of"
              + " it (the rest is looked for beside it), a folder of such files, or a set that"
              + " kontext pull has fetched. Or the toybox, a tiny embedded model that knows only"
              + " simple drawn scenes (default: the real one if kontext pull or Hugging Face's"
              + " tools have fetched it, else the toybox).")
  private @Nullable String model;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda[:N]",
      defaultValue = "auto",
      converter = DeviceWishConverter.class,
      description =
          "Where to compute. auto is the CUDA card with the most free memory, if there is one and a"
              + " CUDA build of libtorch to use it with, else the CPU (default: ${DEFAULT-VALUE}).")
  private DeviceWish device = DeviceWish.AUTO;

  @Option(
      names = "--dtype",
      paramLabel = "auto|f32|bf16",
      defaultValue = "auto",
      description =
          "Element type to compute in. auto is bf16 on CUDA and on CPUs with bf16 units, else f32"
              + " (default: ${DEFAULT-VALUE}).")
  private ComputeType dtype = ComputeType.AUTO;

  @Option(
      names = "--precision",
      paramLabel = "exact|int8|fp8",
      defaultValue = "exact",
      description =
          "In what the transformer's blocks multiply. int8 and fp8: numbers of 8 bits, a scale for"
              + " each row, which makes another picture, though a near one. Their weights then take"
              + " half of bf16's memory, whatever the file packs them in; all else stays in --dtype."
              + " On cards, int8 needs compute capability 7.5 (RTX 20), fp8 8.9 (RTX 40) (default:"
              + " ${DEFAULT-VALUE}).")
  private Precision precision = Precision.EXACT;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.ThreadCount.class,
      description = "CPU threads (default: one a core).")
  private @Nullable Integer threads;

  @Option(
      names = "--libtorch",
      paramLabel = "DIR",
      description =
          "Folder of another libtorch (2.10 or newer), or of a Python environment with PyTorch;"
              + " KONTEXT4J_LIBTORCH says the same (default: the bundled CPU libtorch; for CUDA what"
              + " kontext runtime has installed, else the PyTorch that is found).")
  private @Nullable Path libtorch;

  @Option(
      names = "--vram",
      paramLabel = "LIMIT",
      converter = MemorySizeConverter.class,
      description =
          "The most memory that the run may take on its device, such as 12GiB or 800MB; on the CPU,"
              + " too. As many of the transformer's blocks stay as fit, the others are read again at"
              + " each step, ahead of the computation; so are T5's if need be. The picture is the"
              + " same. kontext plan tells what comes of it (default: on a card what is free there,"
              + " but for 5 %% or 512 MiB; on the CPU no limit).")
  private @Nullable Long vram;

  @Option(
      names = "--vae-tile",
      paramLabel = "auto|off|PIXELS",
      defaultValue = "auto",
      converter = TileWish.Converter.class,
      description =
          "Sides of the tiles in which pictures go through the VAE, one after the other, which"
              + " takes less memory and makes a slightly different picture. auto: whole, unless"
              + " nothing else keeps to the limit (default: ${DEFAULT-VALUE}).")
  private TileWish tiles = TileWish.AUTO;

  /// Settles which libtorch it will be, and where to compute, and begins to load it.
  Libtorch.Settled loadLibtorch() {
    return Libtorch.begin(
        new Libtorch.Wish(
            Optional.ofNullable(libtorch).or(Libtorch::environmentFolder),
            device,
            threads == null ? OptionalInt.empty() : OptionalInt.of(threads)));
  }

  /// Whether the user has named a model.
  boolean isNamed() {
    return model != null;
  }

  ModelChoice choice(PartOptions parts) {
    return ModelChoice.of(model, parts);
  }

  MemoryWish memory() {
    return new MemoryWish(vram == null ? OptionalLong.empty() : OptionalLong.of(vram), tiles);
  }

  /// Of cards, too, that need not be here.
  Precision precision() {
    return precision;
  }

  Computing computing(Device place) {
    return new Computing(dtype.on(place), precision, place);
  }
}
