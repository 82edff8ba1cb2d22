package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.Printable;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.cli.progress.FetchProgress;
import dev.kontext4j.hub.fetch.FetchException;
import dev.kontext4j.hub.lock.Licence;
import dev.kontext4j.hub.store.Ledger;
import dev.kontext4j.hub.store.PullPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Whether the user accepts the licences of what is going to be fetched; asked once a licence.
///
/// @param accepted by an option
record LicenceQuestion(Ledger ledger, boolean accepted, FetchProgress progress) {

  /// Whether something is still to be accepted. What an option accepts is written down.
  boolean isOpen(PullPlan plan) {
    if (accepted) {
      plan.toAccept().forEach(this::writeDown);
    }
    return plan.toAccept().stream().anyMatch(licence -> !ledger.isAccepted(licence));
  }

  /// Shows licences and asks; their texts, as far as they belong to the set, have been fetched.
  void ask(PullPlan plan) {
    for (Licence licence : plan.toAccept()) {
      if (!ledger.isAccepted(licence)) {
        ask(plan, licence);
        writeDown(licence);
      }
    }
  }

  /// Makes sure, before anything is fetched to be shown, that there is somebody to answer.
  static void requireSomebody(PullPlan plan) {
    if (!YesOrNo.canAsk()) {
      Licence licence = plan.toAccept().getFirst();
      throw new UsageException(
          "%s is under the %s, %s; if you have read it and accept it, run this again with --accept-licence"
              .formatted(plan.set().name(), licence.name(), licence.page()));
    }
  }

  private void ask(PullPlan plan, Licence licence) {
    texts(plan).flatMap(LicenceQuestion::content).map(Printable::line).forEach(progress::say);
    licence.gist().lines().forEach(progress::say);
    progress.say("%s: %s".formatted(licence.name(), licence.page()));
    if (!progress.asks("do you accept this licence? [y/N]", YesOrNo::answer)) {
      throw new FetchException(plan.set().name() + " is not fetched: its licence was not accepted");
    }
  }

  private static Stream<Path> texts(PullPlan plan) {
    return plan.licenceTexts().steps().stream()
        .map(step -> plan.folder().resolve(step.part().place()));
  }

  private static Stream<String> content(Path file) {
    try {
      return Files.readString(file).lines();
    } catch (IOException _) {
      return Stream.of();
    }
  }

  private void writeDown(Licence licence) {
    try {
      ledger.accept(licence);
    } catch (IOException e) {
      throw new WriteException("the models folder's ledger", e);
    }
  }
}
