/// Tensors on libtorch, scopes, devices and weight files. Knows no model.
module dev.kontext4j.engine {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.bytedeco.javacpp;

  exports dev.kontext4j.engine;
  exports dev.kontext4j.engine.checkpoint;
  exports dev.kontext4j.engine.file;
  exports dev.kontext4j.engine.gguf;
  exports dev.kontext4j.engine.nn;
  exports dev.kontext4j.engine.quant;
  exports dev.kontext4j.engine.residency;
  exports dev.kontext4j.engine.safetensors;
  exports dev.kontext4j.engine.weights;
}
