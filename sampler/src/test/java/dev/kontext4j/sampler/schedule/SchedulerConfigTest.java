package dev.kontext4j.sampler.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulerConfigTest {

  @Test
  void thePublishedFileIsRead() {
    var config =
        SchedulerConfig.from(
            Map.of(
                "_class_name",
                "FlowMatchEulerDiscreteScheduler",
                "base_image_seq_len",
                256,
                "base_shift",
                0.5,
                "max_image_seq_len",
                4096,
                "max_shift",
                1.15,
                "num_train_timesteps",
                1000,
                "shift",
                3.0,
                "use_dynamic_shifting",
                true,
                "something_newer",
                "ignored"));
    assertEquals(Shift.EXPONENTIAL, config.shiftKind());
    assertEquals(Spacing.SHIFTED, config.spacing());
    assertEquals(1.15, config.mu(4096), 1e-15);
    assertEquals(0.5, config.mu(256), 1e-15);
  }

  @Test
  void nullMeansTheDefault() {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("shift_terminal", null);
    fields.put("use_karras_sigmas", null);
    assertEquals(SchedulerConfig.defaults(), SchedulerConfig.from(fields));
  }

  @Test
  void anotherSolverIsRefusedByName() {
    assertRefused(Map.of("_class_name", "UniPCMultistepScheduler"), "UniPCMultistepScheduler");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertRefused(Map.of("stochastic_sampling", true), "stochastic_sampling");
    assertRefused(Map.of("time_shift_type", "cubic"), "cubic");
    assertRefused(Map.of("shift", "three"), "shift is three");
    assertRefused(Map.of("use_beta_sigmas", 1), "use_beta_sigmas is 1");
    assertRefused(Map.of("num_train_timesteps", 0), "num_train_timesteps");
    assertRefused(Map.of("max_image_seq_len", 256), "must differ");
    assertRefused(Map.of("use_beta_sigmas", true, "use_karras_sigmas", true), "only one");
  }

  private static void assertRefused(Map<String, Object> fields, String part) {
    var e = assertThrows(CheckpointException.class, () -> SchedulerConfig.from(fields));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("scheduler_config.json: "), message);
    assertTrue(message.contains(part), message);
  }
}
