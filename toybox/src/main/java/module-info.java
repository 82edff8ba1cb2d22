/// The embedded model.
module dev.kontext4j.toybox {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires dev.kontext4j.engine;

  exports dev.kontext4j.toybox;
}
