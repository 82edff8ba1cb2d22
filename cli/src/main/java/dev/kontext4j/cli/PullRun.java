package dev.kontext4j.cli;

import dev.kontext4j.cli.progress.FetchProgress;
import dev.kontext4j.hub.fetch.Endpoint;
import dev.kontext4j.hub.fetch.FileFetch;
import dev.kontext4j.hub.fetch.HubClient;
import dev.kontext4j.hub.fetch.Patience;
import dev.kontext4j.hub.fetch.Token;
import dev.kontext4j.hub.held.HeldFiles;
import dev.kontext4j.hub.held.HuggingFaceCache;
import dev.kontext4j.hub.held.ModelFolders;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.store.Ledger;
import dev.kontext4j.hub.store.ModelsFolder;
import dev.kontext4j.hub.store.OneAtATime;
import dev.kontext4j.hub.store.Pull;
import dev.kontext4j.hub.store.PullPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One run of `kontext pull`.
///
/// @param links folders that may be used besides those where other programs keep models
record PullRun(ModelsFolder models, List<Path> links, FetchProgress progress) {

  /// Where files come from.
  ///
  /// @param connections parts of a file at a time
  record Source(Endpoint hub, Optional<Token> token, int connections) {}

  /// What would be done.
  PullPlan plan(ModelSet set) {
    return planning(Ledger.read(models)).plan(set);
  }

  /// Does it, and returns what was done.
  PullPlan fetch(ModelSet set, Source source, boolean acceptLicence) throws InterruptedException {
    try (var _ = OneAtATime.in(models, progress::working);
        var client = new HubClient(source.hub(), source.token(), Patience.USUAL)) {
      var ledger = Ledger.read(models);
      var planning = planning(ledger);
      var fetch = new FileFetch(client, source.connections(), progress);
      var plan = planning.plan(set);
      new PlanText(plan, source.hub()).lines().forEach(progress::say);
      var question = new LicenceQuestion(ledger, acceptLicence, progress);
      if (question.isOpen(plan)) {
        LicenceQuestion.requireSomebody(plan);
        planning.pull().run(plan.licenceTexts(), fetch);
        question.ask(plan);
        plan = planning.plan(set);
      }
      planning.pull().requireRoom(plan);
      progress.begins(plan.bytesToFetch());
      planning.pull().run(plan, fetch);
      progress.done();
      return plan;
    }
  }

  private Planning planning(Ledger ledger) {
    var hashes = RememberedHashes.ofUser();
    var folders = new ArrayList<>(links);
    folders.add(models.path());
    folders.addAll(ModelFolders.find(System::getenv, ModelsOptions.home()));
    var cache = HuggingFaceCache.find(System::getenv, ModelsOptions.home());
    return new Planning(
        new Pull(models, ledger, hashes, progress),
        new HeldFiles(folders, cache, hashes, progress::working));
  }

  private record Planning(Pull pull, HeldFiles held) {
    PullPlan plan(ModelSet set) {
      return pull.plan(set, held);
    }
  }
}
