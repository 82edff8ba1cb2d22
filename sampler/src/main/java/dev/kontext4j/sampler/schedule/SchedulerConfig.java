package dev.kontext4j.sampler.schedule;

import dev.kontext4j.engine.CheckpointException;
import java.util.Map;
import java.util.OptionalDouble;

/// The settings of a model's solver. Names and defaults are diffusers'.
///
/// @param sigmaMin if set, replaces the last noise level in the karras, exponential and beta
///   spacings; diffusers does not list this field but obeys it
/// @param sigmaMax likewise for the first
/// @param shiftTerminal 0 for none
public record SchedulerConfig(
    int numTrainTimesteps,
    Shift shiftKind,
    double shift,
    double baseShift,
    double maxShift,
    double baseImageSeqLen,
    double maxImageSeqLen,
    double shiftTerminal,
    boolean invertSigmas,
    Spacing spacing,
    OptionalDouble sigmaMin,
    OptionalDouble sigmaMax) {

  /// As FLUX.1 Kontext [dev] is published.
  public static final SchedulerConfig KONTEXT =
      from(Map.of("shift", 3.0, "use_dynamic_shifting", true));

  /// What diffusers takes where the file says nothing.
  public static SchedulerConfig defaults() {
    return from(Map.of());
  }

  /// Reads the fields of a parsed `scheduler_config.json`.
  ///
  /// @throws CheckpointException if the file asks for a solver or a setting that is not there
  public static SchedulerConfig from(Map<String, ?> json) {
    var fields = new ConfigFields(json);
    fields.requireSolver("FlowMatchEulerDiscreteScheduler");
    if (fields.flag("stochastic_sampling")) {
      throw fields.refused(
          "stochastic_sampling is not supported: the reference draws its noise from an unseeded"
              + " generator; set it to false");
    }
    var config =
        new SchedulerConfig(
            (int) fields.positive("num_train_timesteps", 1000),
            shiftKind(fields),
            fields.number("shift", 1.0),
            fields.number("base_shift", 0.5),
            fields.number("max_shift", 1.15),
            fields.positive("base_image_seq_len", 256),
            fields.positive("max_image_seq_len", 4096),
            fields.optional("shift_terminal").orElse(0),
            fields.flag("invert_sigmas"),
            spacing(fields),
            fields.optional("sigma_min"),
            fields.optional("sigma_max"));
    if (config.baseImageSeqLen == config.maxImageSeqLen) {
      throw fields.refused("base_image_seq_len and max_image_seq_len must differ");
    }
    return config;
  }

  /// The strength of a dynamic shift for a picture of so many tokens (the noise's own; references
  /// do not count). A straight line through the two configured points, also beyond them.
  double mu(int imageTokens) {
    double slope = (maxShift - baseShift) / (maxImageSeqLen - baseImageSeqLen);
    double intercept = baseShift - slope * baseImageSeqLen;
    return imageTokens * slope + intercept;
  }

  private static Shift shiftKind(ConfigFields fields) {
    String type = fields.text("time_shift_type", "exponential");
    Shift dynamic =
        switch (type) {
          case "exponential" -> Shift.EXPONENTIAL;
          case "linear" -> Shift.LINEAR;
          default ->
              throw fields.refused(
                  "time_shift_type is \"" + type + "\", expected \"exponential\" or \"linear\"");
        };
    return fields.flag("use_dynamic_shifting") ? dynamic : Shift.CONSTANT;
  }

  private static Spacing spacing(ConfigFields fields) {
    boolean karras = fields.flag("use_karras_sigmas");
    boolean exponential = fields.flag("use_exponential_sigmas");
    boolean beta = fields.flag("use_beta_sigmas");
    if ((karras ? 1 : 0) + (exponential ? 1 : 0) + (beta ? 1 : 0) > 1) {
      throw fields.refused(
          "only one of use_karras_sigmas, use_exponential_sigmas, use_beta_sigmas may be true");
    }
    if (karras) {
      return Spacing.KARRAS;
    }
    if (exponential) {
      return Spacing.EXPONENTIAL;
    }
    return beta ? Spacing.BETA : Spacing.SHIFTED;
  }
}
