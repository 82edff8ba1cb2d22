/// Goldens, tolerances and leak checks for the tests of the other modules.
module dev.kontext4j.testkit {
  requires static transitive org.jspecify;
  requires transitive dev.kontext4j.engine;

  exports dev.kontext4j.testkit;
}
