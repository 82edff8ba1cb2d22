package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.progress.PlainLines;
import dev.kontext4j.tokenizer.ClipTokenizer;
import dev.kontext4j.tokenizer.PromptTokenizer;
import dev.kontext4j.tokenizer.T5Tokenizer;
import dev.kontext4j.tokenizer.TokenIds;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kontext tokens`
@Command(
    name = "tokens",
    description = "Shows a prompt as the text encoders see it, and what is cut off.",
    customSynopsis = "kontext tokens -p TEXT [--model DIR|FILE|SET|toybox] [OPTION...]",
    footerHeading = "%nExample:%n",
    footer = "  kontext tokens -p \"make the car red\" --model FLUX.1-Kontext-dev")
final class TokensCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-p", "--prompt"},
      required = true,
      paramLabel = "TEXT",
      description = "The prompt.")
  private String prompt = "";

  @Option(
      names = "--model",
      paramLabel = "DIR|FILE|SET|toybox",
      description =
          "The model, as for edit; only its tokenizers are read. For a file without them the"
              + " published ones are taken (default: as for edit).")
  private @Nullable String model;

  @Option(names = "--json", description = "Print JSON with all ids, padding too.")
  private boolean json;

  @Override
  public Integer call() {
    var choice = ModelChoice.of(model);
    var folders = choice.tokenizerFolders();
    try (PromptTokenizer clip = ClipTokenizer.open(folders.clip());
        PromptTokenizer t5 = T5Tokenizer.open(folders.t5())) {
      choice.note().ifPresent(new PlainLines(spec.commandLine().getErr())::say);
      print(clip.encode(prompt), t5.encode(prompt));
    }
    return ExitCode.DONE.number();
  }

  private void print(TokenIds clip, TokenIds t5) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      var root = JsonNodeFactory.instance.objectNode();
      putIds(root, "clip", clip);
      putIds(root, "t5", t5);
      var truncated = root.putObject("truncated");
      putTruncation(truncated, "clip", clip);
      putTruncation(truncated, "t5", t5);
      out.println(root);
    } else {
      printForPeople(out, "CLIP", clip);
      printForPeople(out, "T5", t5);
    }
    Results.requireArrival(out);
  }

  private static void putIds(ObjectNode root, String name, TokenIds tokens) {
    var ids = root.putArray(name);
    tokens.ids().forEach(ids::add);
  }

  private static void putTruncation(ObjectNode root, String name, TokenIds tokens) {
    tokens
        .truncation()
        .ifPresent(cut ->
            root.putObject(name)
                .put("lost", cut.lost())
                .put("words", cut.lostWords())
                .put("tokens", cut.lostTokens()));
  }

  private static void printForPeople(PrintWriter out, String name, TokenIds tokens) {
    out.printf("%s: %d of %d tokens%n", name, tokens.used(), tokens.ids().size());
    out.println("  " + String.join(" ", tokens.pieces()));
    tokens
        .truncation()
        .ifPresent(cut -> out.printf("  cut off, %d words: %s%n", cut.lostWords(), cut.lost()));
  }
}
