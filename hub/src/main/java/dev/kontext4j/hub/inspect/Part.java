package dev.kontext4j.hub.inspect;

import java.util.Optional;

/// One network that a file holds.
///
/// @param kind what it is
/// @param prefix what the names of its tensors begin with
/// @param layout whose names they are
/// @param what it is, as a sentence
/// @param usable whether kontext4j can work with it
/// @param fit what must be the same in the networks that it works with
public record Part(
    Kind kind, String prefix, String layout, String what, boolean usable, Optional<Fit> fit) {

  /// The kinds of networks, and of files that change them.
  public enum Kind {
    TRANSFORMER("transformer"),
    VAE("VAE"),
    CLIP("CLIP text encoder"),
    T5("T5 text encoder"),
    LORA("LoRA");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /// For people.
    public String title() {
      return title;
    }
  }

  /// Numbers that must be the same in networks that work together.
  ///
  /// @param latent channels
  /// @param pooled width of CLIP's pooled state
  /// @param states width of T5's states
  public record Fit(Optional<Long> latent, Optional<Long> pooled, Optional<Long> states) {}
}
