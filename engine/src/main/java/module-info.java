/// Tensors on libtorch, scopes, devices and weight files. Knows no model.
module dev.kontext4j.engine {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.bytedeco.javacpp;

  exports dev.kontext4j.engine;
  exports dev.kontext4j.engine.weights;
}
