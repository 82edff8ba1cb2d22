/// JMH benchmarks, and edits by the hundred; not shipped.
module dev.kontext4j.bench {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires dev.kontext4j.cli;
  requires dev.kontext4j.engine;
  requires dev.kontext4j.sampler;
  requires dev.kontext4j.toybox;
  requires dev.kontext4j.transformer;
  requires jmh.core;
}
