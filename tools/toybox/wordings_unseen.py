"""Sentences that the model was not trained with. Only the judge says them."""

from wordings import DIRECTION, GROUND, PLACE  # noqa: F401

RECOLOUR = (
    "{x} needs to be {c}",
    "i would prefer {x} in {c}",
    "use {c} for {x}",
    "{c} should be the color of {x}",
    "have {x} painted {c}",
    "alter {x} so that it is {c}",
)
BACKGROUND = (
    "i would prefer {ag} background",
    "the background needs to be {g}",
    "have the background painted {g}",
    "let the background become {g}",
    "behind everything there should be {ag} background",
)
REMOVE = (
    "{x} needs to go",
    "i would prefer the picture without {x}",
    "cut {x} out of the picture",
    "wipe {x} away",
    "throw {x} out",
)
ADD = (
    "there needs to be {a c s} in the {p}",
    "let {a c s} appear in the {p}",
    "show {a c s} at the {p} too",
    "we need {a c s} in the {p}",
    "have {a c s} drawn in the {p}",
)
SWAP = (
    "{x} needs to be {a s}",
    "i would prefer {a s} where {x} is",
    "use {a s} rather than {x}",
    "remove {x} and draw {a s} there",
    "have {x} turned into {a s}",
)
RESIZE = {
    True: (
        "{x} needs to be bigger",
        "i would prefer {x} larger",
        "let {x} get bigger",
        "stretch {x} so that it is larger",
    ),
    False: (
        "{x} needs to be smaller",
        "i would prefer {x} smaller",
        "let {x} get smaller",
        "squeeze {x} so that it is smaller",
    ),
}
MOVE_TO = (
    "{x} needs to be in the {p}",
    "i would prefer {x} in the {p}",
    "let {x} stand in the {p}",
    "carry {x} to the {p}",
)
PUSH = ("{x} needs to go {d}", "let {x} move {d}", "have {x} moved {d}")
WORD = (
    "the word needs to be {new}",
    "use {new} rather than {was}",
    "i would prefer {new} in place of {was}",
    "let the word be {new}",
    "have {was} read {new}",
)
STYLE = {
    "pixel art": ("i would prefer it as pixel art", "let it look like pixel art", "give it a pixel art look"),
    "black and white": (
        "i would prefer it in black and white",
        "let it be black and white",
        "give it a black and white look",
    ),
    "line drawing": (
        "i would prefer a line drawing",
        "let it be a line drawing of the outlines",
        "give it a line drawing look",
    ),
    "negative": (
        "i would prefer a negative",
        "let it be a negative of the picture",
        "give it inverted colors, like a negative",
    ),
}
TWO_PICTURES = (
    "{it} of the second picture needs to be in the first picture",
    "let {it} of the second image appear in the first one",
    "have {it} from the second picture put into the first",
)
BEFORE = "(|||hey, |kindly )"
AFTER = "(|||, thanks| and nothing more)"
