/// Model files and CUDA's libraries: which there are, where they are, how they are fetched. Knows
/// no tensor.
module dev.kontext4j.hub {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires transitive dev.kontext4j.engine;
  requires java.net.http;

  exports dev.kontext4j.hub.fetch;
  exports dev.kontext4j.hub.held;
  exports dev.kontext4j.hub.inspect;
  exports dev.kontext4j.hub.lock;
  exports dev.kontext4j.hub.runtime;
  exports dev.kontext4j.hub.store;
}
