/// Schedule, noise, tokens and the edit itself.
module dev.kontext4j.sampler {
  requires static transitive org.jspecify;
  requires transitive dev.kontext4j.engine;
  requires transitive dev.kontext4j.tokenizer;
  requires transitive dev.kontext4j.transformer;
  requires transitive dev.kontext4j.vae;

  exports dev.kontext4j.sampler;
  exports dev.kontext4j.sampler.fast;
  exports dev.kontext4j.sampler.noise;
  exports dev.kontext4j.sampler.picture;
  exports dev.kontext4j.sampler.plan;
  exports dev.kontext4j.sampler.schedule;
  exports dev.kontext4j.sampler.text;
}
