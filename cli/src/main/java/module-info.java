/// The command line.
module dev.kontext4j.cli {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires dev.kontext4j.engine;
  requires dev.kontext4j.hub;
  requires dev.kontext4j.lora;
  requires dev.kontext4j.sampler;
  requires dev.kontext4j.tokenizer;
  requires dev.kontext4j.toybox;
  requires dev.kontext4j.transformer;
  requires info.picocli;
  requires java.desktop;
  requires java.net.http;
  requires org.jline.terminal;
  requires webp.imageio;

  opens dev.kontext4j.cli to
      info.picocli;
}
