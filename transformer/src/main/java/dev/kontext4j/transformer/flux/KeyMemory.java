package dev.kontext4j.transformer.flux;

/// What a block knows of tokens that it does not compute at this step: it attends to their keys and
/// values all the same.
@FunctionalInterface
interface KeyMemory {
  /// Every token is computed.
  KeyMemory NONE = own -> own;

  /// All that the block's queries attend to.
  ///
  /// @param own of the tokens that are computed
  KeysValues complete(KeysValues own);
}
