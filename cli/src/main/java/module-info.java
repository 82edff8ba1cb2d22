/// The command line.
module dev.kontext4j.cli {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.databind;
  requires dev.kontext4j.engine;
  requires dev.kontext4j.sampler;
  requires dev.kontext4j.tokenizer;
  requires dev.kontext4j.toybox;
  requires info.picocli;
  requires java.desktop;
  requires webp.imageio;

  opens dev.kontext4j.cli to
      info.picocli;
}
