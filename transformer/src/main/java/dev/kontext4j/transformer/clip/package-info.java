/// CLIP's text encoder: from token ids to one vector for the whole prompt.
///
/// Shape letters: `B` prompts, `L` tokens, `D` width. Results belong to the innermost open scope.
@NullMarked
package dev.kontext4j.transformer.clip;

import org.jspecify.annotations.NullMarked;
