/// The networks that are transformers: flux, clip and t5.
module dev.kontext4j.transformer {
  requires static transitive org.jspecify;
  requires transitive dev.kontext4j.engine;

  exports dev.kontext4j.transformer.clip;
  exports dev.kontext4j.transformer.convert;
  exports dev.kontext4j.transformer.flux;
  exports dev.kontext4j.transformer.t5;
}
