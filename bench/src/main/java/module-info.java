/// JMH benchmarks; not shipped.
module dev.kontext4j.bench {
  requires static transitive org.jspecify;
  requires dev.kontext4j.engine;
  requires jmh.core;
}
