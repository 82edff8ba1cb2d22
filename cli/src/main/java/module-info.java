/// The command line.
module dev.kontext4j.cli {
  requires static transitive org.jspecify;
  requires dev.kontext4j.sampler;
  requires info.picocli;
  requires java.desktop;
  requires webp.imageio;
}
