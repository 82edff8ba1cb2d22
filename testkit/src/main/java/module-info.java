/// Goldens, tolerances, leak checks, files of full size and a fake model hub for the tests of the
/// other modules.
module dev.kontext4j.testkit {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.kontext4j.engine;
  requires jdk.httpserver;

  exports dev.kontext4j.testkit;
  exports dev.kontext4j.testkit.hub;
}
