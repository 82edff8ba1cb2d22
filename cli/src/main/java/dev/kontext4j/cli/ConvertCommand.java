package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.sampler.FoundParts;
import dev.kontext4j.sampler.PartKind;
import dev.kontext4j.transformer.convert.Conversion;
import dev.kontext4j.transformer.convert.Network;
import dev.kontext4j.transformer.convert.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kontext convert`
@Command(
    name = "convert",
    description =
        "Writes the weights of a transformer or a T5 encoder anew, in another layout or precision."
            + " One tensor is held in memory at a time; OUT appears when it is whole.",
    customSynopsis = "kontext convert IN OUT --to " + TargetConverter.CHOICE + " [--force]",
    footerHeading = "%nExample:%n",
    footer = "  kontext convert flux1-kontext-dev.safetensors kontext-q8.gguf --to q8_0")
final class ConvertCommand implements Callable<Integer> {
  private static final String GGUF = ".gguf";
  private static final String SAFETENSORS = ".safetensors";

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "A file with weights, or the folder of a part, in any layout.")
  private Path in = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The new file: .gguf for q8_0, else .safetensors.")
  private Path out = Path.of("");

  @Option(
      names = "--to",
      required = true,
      paramLabel = TargetConverter.CHOICE,
      converter = TargetConverter.class,
      description =
          "bf16: the same names, all in bf16. fp8-scaled: 8-bit matrices as ComfyUI reads them."
              + " q8_0: GGUF. diffusers, bfl: a transformer's other names, numbers as they are.")
  private Target target = Target.BF16;

  @Option(names = "--force", description = "Write over OUT if it is there.")
  private boolean force;

  @Override
  public Integer call() {
    requirePlace();
    var found = FoundParts.in(in);
    var kind = found.parts().containsKey(PartKind.TRANSFORMER) ? PartKind.TRANSFORMER : PartKind.T5;
    if (!found.parts().containsKey(kind)) {
      throw new CheckpointException(
          "%s holds a %s; convert takes a transformer or a T5 encoder"
              .formatted(in, found.titles()));
    }
    var network = kind == PartKind.TRANSFORMER ? Network.TRANSFORMER : Network.T5;
    String origin =
        "%s, converted to %s by kontext4j %s"
            .formatted(in.toAbsolutePath().getFileName(), target, Version.number());
    try {
      new Conversion(network, found.require(kind), target, origin).write(out);
    } catch (IOException e) {
      throw new WriteException(out.toString(), e);
    }
    return ExitCode.DONE.number();
  }

  private void requirePlace() {
    String suffix = target == Target.Q8_0 ? GGUF : SAFETENSORS;
    if (!out.toString().endsWith(suffix)) {
      throw new UsageException("OUT must end in %s, but is %s".formatted(suffix, out));
    }
    if (Files.exists(out) && !force) {
      throw new InputException(out + " is there already; name another file, or add --force");
    }
  }
}
