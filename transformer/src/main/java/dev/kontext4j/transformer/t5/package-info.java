/// T5's encoder: from token ids to a state for every token.
///
/// Shape letters: `B` prompts, `L` tokens, `D` width, `H` heads. Results belong to the innermost
/// open scope.
@NullMarked
package dev.kontext4j.transformer.t5;

import org.jspecify.annotations.NullMarked;
