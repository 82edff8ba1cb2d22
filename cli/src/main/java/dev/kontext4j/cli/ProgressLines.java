package dev.kontext4j.cli;

import dev.kontext4j.sampler.Progress;
import java.io.PrintWriter;

/// A run's progress as plain lines on standard error.
record ProgressLines(PrintWriter err) implements Progress {

  void say(String words) {
    err.println("kontext: " + words);
    err.flush();
  }

  @Override
  public void at(Event event) {
    say(
        switch (event) {
          case Text _ -> "reading the prompt";
          case Truncated(String encoder, String lost, int words) ->
              "%s sees only the beginning of the prompt; lost: %d %s (\"%s\"). Shorten it"
                  .formatted(encoder, words, words == 1 ? "word" : "words", inOneLine(lost));
          case Reference(int number, int count) ->
              "reading picture%s".formatted(count == 1 ? "" : " " + number + " of " + count);
          case Step(int step, int steps, PictureNumber picture) ->
              "step %d of %d%s".formatted(step, steps, of(picture));
          case Decoding(PictureNumber picture) -> "painting" + of(picture);
        });
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
