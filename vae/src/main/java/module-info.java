/// AutoencoderKL: pictures to latents and back.
module dev.kontext4j.vae {
  requires static transitive org.jspecify;
  requires transitive dev.kontext4j.engine;

  exports dev.kontext4j.vae;
}
