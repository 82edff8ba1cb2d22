/// Text to token ids as CLIP and T5 want them. Knows no tensor.
module dev.kontext4j.tokenizer {
  requires static transitive org.jspecify;
  requires ai.djl.tokenizers;
  requires com.fasterxml.jackson.core;

  exports dev.kontext4j.tokenizer;
}
