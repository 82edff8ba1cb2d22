/// Goldens, tolerances, leak checks and a fake model hub for the tests of the other modules.
module dev.kontext4j.testkit {
  requires static transitive org.jspecify;
  requires transitive dev.kontext4j.engine;
  requires jdk.httpserver;

  exports dev.kontext4j.testkit;
  exports dev.kontext4j.testkit.hub;
}
