package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kontext doctor` explains which libtorch and which device an edit would take.
class DoctorTest {
  @TempDir Path folder;

  private static Run doctor(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("doctor", "--json", "--model", "toybox"));
    all.addAll(List.of(arguments));
    try (var process = KontextProcess.start(all)) {
      return process.end();
    }
  }

  private static JsonNode finding(Run run, String subject) throws IOException {
    for (JsonNode finding : new ObjectMapper().readTree(run.out().getFirst()).path("findings")) {
      if (finding.path("subject").asText().equals(subject)) {
        return finding;
      }
    }
    throw new AssertionError("nothing about " + subject + ": " + run);
  }

  @Test
  void withoutAGpu() throws IOException, InterruptedException {
    var run = doctor();
    run.done();
    String libtorch = finding(run, "libtorch").path("state").asText();
    assertTrue(libtorch.contains(", bundled, for the CPU, "), libtorch);
    var device = finding(run, "device");
    assertEquals("cpu, for there is no NVIDIA GPU", device.path("state").asText());
    assertTrue(device.path("good").asBoolean());
    String texts = finding(run, "texts").path("state").asText();
    assertTrue(texts.contains(" at most 1.07 GB ") && texts.contains("text"), texts);
  }

  @Test
  void aLibtorchThatIsNone() throws IOException, InterruptedException {
    var run = doctor("--libtorch", folder.toString());
    assertEquals(ExitCode.FAILED.number(), run.code(), run::toString);
    var libtorch = finding(run, "libtorch");
    assertTrue(libtorch.path("state").asText().contains("in " + folder), libtorch::toString);
    assertTrue(libtorch.path("cure").asText().contains("libtorch 2.10 or newer"));
  }
}
