package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.settings.Styles;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kontext styles`
@Command(
    name = "styles",
    description =
        "Lists the styles that --style takes, with what each asks of the model. Your own go into"
            + " ~/.config/kontext4j/styles.toml, a line each: name = \"what is asked\".",
    customSynopsis = "kontext styles [--json]",
    footerHeading = "%nExample:%n",
    footer = "  kontext edit photo.png --style anime")
final class StylesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    var styles = Styles.read();
    if (json) {
      var array = JsonNodeFactory.instance.arrayNode();
      for (Styles.Style style : styles.all()) {
        array
            .addObject()
            .put("name", style.name())
            .put("text", style.text())
            .put("own", style.own());
      }
      out.println(array);
    } else {
      var columns = new Columns();
      for (Styles.Style style : styles.all()) {
        columns.add(style.name() + (style.own() ? " (yours)" : ""), style.text());
      }
      columns.print(out, "");
    }
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }
}
