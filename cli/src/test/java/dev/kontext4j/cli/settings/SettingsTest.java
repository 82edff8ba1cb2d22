package dev.kontext4j.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.settings.Settings.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("config.toml");
  }

  private Settings read(Map<String, String> variables) {
    return Settings.read(file, variables::get, "/home/me");
  }

  @Test
  void nothingIsSettledWithoutAFile() {
    for (Setting setting : Setting.values()) {
      assertEquals(Optional.empty(), read(Map.of()).of(setting));
    }
  }

  @Test
  void aVariableGoesBeforeTheFile() throws IOException {
    Files.writeString(file, "# mine\nsteps = 12\nguidance = 3.5\ndevice = \"cuda:1\"\n");
    var settings = read(Map.of("KONTEXT4J_STEPS", "20", "KONTEXT4J_DEVICE", " "));
    assertEquals(Optional.of(new Settled("20", "KONTEXT4J_STEPS")), settings.of(Setting.STEPS));
    assertEquals(Optional.of(new Settled("3.5", file.toString())), settings.ofOption("--guidance"));
    assertEquals(Optional.of(new Settled("cuda:1", file.toString())), settings.of(Setting.DEVICE));
    assertEquals(Optional.empty(), settings.ofOption("--seed"));
  }

  @Test
  void placesMayBeginAtHome() throws IOException {
    Files.writeString(file, "model = \"~/models/flux\"\noutput-folder = '~/Pictures'\n");
    var settings = read(Map.of("KONTEXT4J_LIBTORCH", "~"));
    assertEquals("/home/me/models/flux", settings.of(Setting.MODEL).orElseThrow().value());
    assertEquals("/home/me/Pictures/", settings.ofOption("--output").orElseThrow().value());
    assertEquals("/home/me", settings.of(Setting.LIBTORCH).orElseThrow().value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stpes = 3          | there is no setting \"stpes\"; known are model, device",
        "steps =            | line 1 is not TOML",
        "guidance = 1 2     | line 1 is not TOML",
        "steps.n = 3        | steps must be a plain value",
        "steps = [1, 2]     | steps must be a plain value",
      })
  void whatIsWrongIsToldWithItsPlace(String toml, String why) throws IOException {
    Files.writeString(file, toml);
    var e = assertThrows(UsageException.class, () -> read(Map.of()));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }
}
