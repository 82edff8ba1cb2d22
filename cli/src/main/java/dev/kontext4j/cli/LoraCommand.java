package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `kontext lora`
@Command(
    name = "lora",
    description = "Looks into LoRA files, writes them in other forms, bakes them into models.",
    customSynopsis = "kontext lora inspect|merge|convert|extract [OPTION...]",
    subcommands = {
      LoraInspectCommand.class,
      LoraMergeCommand.class,
      LoraConvertCommand.class,
      LoraExtractCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = "  kontext lora inspect style.safetensors")
final class LoraCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new UsageException("a command is missing, such as inspect");
  }
}
