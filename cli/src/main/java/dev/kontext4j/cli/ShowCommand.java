package dev.kontext4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.Failure;
import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.picture.Metadata;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.cli.recipe.ForeignRecipe;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.sampler.picture.PictureException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext show`
@Command(
    name = "show",
    description =
        "Shows how a picture was made: what kontext4j wrote into it, or ComfyUI, Stable Diffusion web"
            + " UI (A1111, Forge), InvokeAI, SwarmUI or mflux, as far as it can be read.",
    customSynopsis = "kontext show FILE... [--json]",
    footerHeading = "%nExample:%n",
    footer = "  kontext show photo-edited.png")
final class ShowCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Pictures: PNG, JPEG or WebP.")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print JSON: one object a file, a line each.")
  private boolean json;

  @Override
  public Integer call() {
    int worst = ExitCode.DONE.number();
    for (Path file : files) {
      try {
        show(file);
      } catch (InputException | PictureException | InvalidPathException e) {
        // the other files can still be shown
        worst = Failure.of(e).report(spec.commandLine().getErr(), false);
      }
    }
    return worst;
  }

  private void show(Path file) {
    PrintWriter out = spec.commandLine().getOut();
    String name = file.toString();
    var metadata = Metadata.of(name, PictureReader.bytes(file));
    var recipe = Told.about(name, () -> Recipe.in(metadata));
    if (recipe.isPresent()) {
      show(out, name, recipe.get());
    } else {
      show(out, name, ForeignRecipe.of(metadata.texts()).orElseThrow(() -> nothing(name)));
    }
    Results.requireArrival(out);
  }

  private static InputException nothing(String name) {
    return new InputException(
        name
            + " does not say how it was made; only pictures from kontext4j and some other programs"
            + " do, and copies often lose it");
  }

  private void show(PrintWriter out, String file, Recipe recipe) {
    if (!json) {
      out.println(file);
      new RecipeText(recipe).columns().print(out, "  ");
      return;
    }
    try {
      out.println(object(file, "kontext4j").set("recipe", JSON.readTree(recipe.json())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recipe's own JSON", e);
    }
  }

  private void show(PrintWriter out, String file, ForeignRecipe recipe) {
    if (!json) {
      out.println(file);
      new Columns().add("program", recipe.program()).addAll(recipe.fields()).print(out, "  ");
      return;
    }
    var object = object(file, recipe.program());
    recipe.fields().forEach(object.putObject("fields")::put);
    out.println(object);
  }

  private static ObjectNode object(String file, String program) {
    return JSON.createObjectNode().put("file", file).put("program", program);
  }
}
