package dev.kontext4j.hub.lock;

/// Where files come from.
///
/// @param name owner and name, as in `black-forest-labs/FLUX.1-Kontext-dev`
/// @param revision the commit that hashes and paths belong to
/// @param gated whether its licence must be accepted on its page, with an account
public record Repository(String name, String revision, boolean gated) {

  /// The page for people.
  public String page() {
    return "https://huggingface.co/" + name;
  }
}
