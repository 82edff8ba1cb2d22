package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.failure.Printable;
import dev.kontext4j.sampler.MemoryPlan;
import java.io.PrintWriter;

/// A run's progress as plain lines on standard error.
public record PlainLines(PrintWriter err) implements RunDisplay {

  @Override
  public void say(String words) {
    err.println("kontext: " + Printable.line(words));
    err.flush();
  }

  @Override
  public void at(Event event) {
    if (!(event instanceof Estimate)) {
      say(words(event));
    }
  }

  static String words(Event event) {
    return switch (event) {
      case Text _ -> "reading the prompt";
      case TextKnown _ -> "what the text encoders make of it is known";
      case Truncated(String encoder, String lost, int words) ->
          "%s sees only the beginning of the prompt; lost: %d %s (\"%s\"). Shorten it"
              .formatted(encoder, words, words == 1 ? "word" : "words", inOneLine(lost));
      case Reference(int number, int count) ->
          "reading picture%s".formatted(count == 1 ? "" : " " + number + " of " + count);
      case Shared _ -> "preparing the steps";
      case Step(int step, int steps, PictureNumber picture) ->
          "step %d of %d%s".formatted(step, steps, of(picture));
      case Estimate(int step, int steps, PictureNumber picture, _) ->
          "step %d of %d is done%s".formatted(step, steps, of(picture));
      case LessMemory(MemoryPlan plan) ->
          "there was less memory than that; going on from there with %s"
              .formatted(
                  plan.transformer().blocks() == 0
                      ? "all of the transformer's blocks coming and going"
                      : "%d of the transformer's blocks staying"
                          .formatted(plan.transformer().blocks()));
      case Decoding(PictureNumber picture) -> "painting" + of(picture);
    };
  }

  private static String inOneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String of(PictureNumber picture) {
    return picture.count() == 1
        ? ""
        : " (picture %d of %d)".formatted(picture.number(), picture.count());
  }
}
