package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.schedule.SchedulerConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final int TOKENS = 16;

  @Test
  void aCountOrLevelsMakeSoManySteps() {
    var config = SchedulerConfig.defaults();
    assertEquals(7, new Steps.Count(7).schedule(config, TOKENS).steps());
    assertEquals(2, new Steps.Levels(List.of(1.0, 0.4)).schedule(config, TOKENS).steps());
  }

  @Test
  void whatTheModelsSettingsCannotMakeIsRefusedInWords() {
    var config = SchedulerConfig.from(Map.of("shift_terminal", 0.02));
    var e = assertThrows(EditException.class, () -> new Steps.Count(1).schedule(config, TOKENS));
    assertTrue(String.valueOf(e.getMessage()).contains("at least 2 steps"), e.getMessage());
  }
}
