package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no model and no picture could make right: exit code 2, one line, and where to read on.
class WrongUsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--width 0            | --width          | '0' is not a whole number from 1",
        "--height -3          | --height         | '-3' is not",
        "--width 99999        | --width          | to 16384",
        "--width wide         | --width          | 'wide' is not",
        "--max-area 0         | --max-area       | '0' is not",
        "--steps 0            | --steps          | '0' is not a whole number from 1 to 100",
        "--steps 1.5          | --steps          | '1.5' is not",
        "--steps 101          | --steps          | '101' is not",
        "--seed x             | --seed           | 'x' is not a seed",
        "--seed 1,,2          | --seed           | '' is not a seed",
        "--seed 99999999999999999999 | --seed    | up to 64 bits",
        "--count 0            | --count          | '0' is not",
        "--count 999999999    | --count          | from 1 to 10000",
        "--guidance nan       | --guidance       | 'nan' is not",
        "--guidance NaN       | --guidance       | 'NaN' is not",
        "--guidance -1        | --guidance       | from 0 to 20",
        "--true-cfg Infinity  | --true-cfg       | 'Infinity' is not",
        "--sigmas 1,nan       | --sigmas         | 'nan' is not",
        "--sigmas 1,0         | --sigmas         | '0' is not a noise level",
        "--max-tokens 0       | --max-tokens     | '0' is not",
        "--device gpu         | --device         | no device 'gpu'; use auto, cpu, cuda or cuda:N",
        "--device cuda:x      | --device         | no device 'cuda:x'",
        "--dtype f64          | --dtype          | f32, bf16",
        "--precision int4     | --precision      | exact, int8, fp8",
        "--threads 0          | --threads        | from 1 to 1024",
        "--fit crop           | --fit            | bucket, none",
        "--noise gaussian     | --noise          | diffusers, comfyui",
        "--noise-dtype f64    | --noise-dtype    | f32, bf16, f16",
        "--references above   | --references     | index, offset",
        "--alpha black        | --alpha          | white, drop",
        "--batch-noise some   | --batch-noise    | each, one",
        "--stpes 3            | --stpes          | or --steps",
        "--guidance --steps 2 | --guidance       | Expected parameter for option '--guidance'",
        "--guidance 1 --guidance 2 | --guidance  | only once",
        "--seed 1,2 --count 2 | several seeds    | --count",
        "--seed 1,2 --batch-noise one | several seeds | --batch-noise one",
        "-o out.gif           | out.gif          | must end in .png, .jpg or .webp",
        "--guidance 20.5      | --guidance       | from 0 to 20",
        "--aspect 22:9        | --aspect         | not a ratio from 9:21 to 21:9, such as 16:9",
        "--aspect 16          | --aspect         | '16' is not a ratio",
        "--aspect 0:1         | --aspect         | '0:1' is not a ratio",
        "--size huge          | --size           | small, medium, large",
        "--aspect 1:1         | --aspect and --size | neither with --width",
        "--quality 0          | --quality        | from 1 to 100",
        "--fast much          | --fast           | 'much' is no shortcut; there are first-block, teacache",
        "--fast first-block=9 | --fast           | the threshold is a number from 0 to",
        "--fast references=99 | --fast           | a whole number of steps from 1 to",
        "--fast teacache,first-block | --fast    | two ways to spare whole steps; name one",
        "--style no-such      | no-such          | kontext styles lists them",
        "--true-cfg 101       | --true-cfg       | from 0 to 100",
      })
  void refused(String arguments, String what, String why) throws IOException {
    var work = Workplace.in(folder);
    work.edit(arguments.strip().split(" ", -1)).refused(ExitCode.USAGE, what, why);
    assertEquals(List.of(), work.results());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.3,0.9", "1,1", "1,0.5,0.5"})
  void sigmasThatDoNotFall(String sigmas) {
    var arguments = List.of("edit", "-p", "x", "-o", "x.png", "--model", "x", "--sigmas", sigmas);
    Run.of(arguments).refused(ExitCode.USAGE, "--sigmas must fall");
  }

  @Test
  void stepsAndSigmas() throws IOException {
    Workplace.in(folder)
        .edit("--sigmas", "1,0.5")
        .refused(ExitCode.USAGE, "--steps and --sigmas exclude each other");
  }

  @Test
  void thePromptIsMissing() {
    Run.of("edit").refused(ExitCode.USAGE, "-p TEXT", "--style NAME");
  }

  @Test
  void tokensNeedsItsPromptToo() {
    Run.of("tokens").refused(ExitCode.USAGE, "--prompt=TEXT");
  }

  @Test
  void anUnknownCommand() {
    Run.of("edti").refused(ExitCode.USAGE, "there is no command edti; did you mean edit");
  }

  @Test
  void withoutACommandTheUsageIsShownOnStandardError() {
    var run = Run.of();
    assertEquals(ExitCode.USAGE.number(), run.code());
    assertEquals(List.of(), run.out());
    assertTrue(run.err().getFirst().startsWith("Usage: kontext "), run::toString);
    assertTrue(run.err().contains("kontext: a command is missing, such as edit"), run::toString);
  }
}
