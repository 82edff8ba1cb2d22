/// Adapter files to merged weights.
module dev.kontext4j.lora {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.kontext4j.engine;

  exports dev.kontext4j.lora;
  exports dev.kontext4j.lora.change;
  exports dev.kontext4j.lora.files;
  exports dev.kontext4j.lora.names;
}
