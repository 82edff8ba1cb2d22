package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.sampler.ModelSurvey;

/// The model that a plan is about.
sealed interface PlanSubject {
  String name();

  ModelSurvey survey(Computing computing);

  /// The one that an edit would take; but nobody needs a plan for the toybox who has not named it.
  static PlanSubject of(ModelChoice choice) {
    boolean toybox = choice.note().filter(ModelChoice.NOTE::equals).isPresent();
    return toybox ? new Published(StorageChoice.BF16) : new Here(choice);
  }

  /// A model on this machine.
  record Here(ModelChoice choice) implements PlanSubject {
    @Override
    public String name() {
      return choice.name();
    }

    @Override
    public ModelSurvey survey(Computing computing) {
      return ModelSurvey.of(choice.files(), computing);
    }
  }

  /// FLUX.1 Kontext [dev], by what is known of it.
  record Published(StorageChoice storage) implements PlanSubject {
    @Override
    public String name() {
      return "FLUX.1 Kontext [dev] as " + storage.name();
    }

    @Override
    public ModelSurvey survey(Computing computing) {
      if (computing.precision() != Precision.EXACT) {
        throw new UsageException("--precision: name the model that it is for with --model");
      }
      return ModelSurvey.published(storage.transformer(), storage.t5(), computing.dtype());
    }
  }
}
