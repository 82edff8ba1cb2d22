/// Adapter files to merged weights.
module dev.kontext4j.lora {
  requires static transitive org.jspecify;
  requires transitive dev.kontext4j.engine;
}
