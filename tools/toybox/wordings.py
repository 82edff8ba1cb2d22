"""What people say when they want an edit: the sentences the model is trained with.

{x} is the thing, {bare} the same without article, {c} a colour, {old} the colour it has, {a s} a shape, {a c s} the
same with its colour, {p} a place, {d} a direction, {g} and {ag} a ground, {was} and {new} words, {it} the thing of the
second picture. wordings_unseen.py holds those that only the judge uses.
"""

RECOLOUR = (
    "(make|turn|color|colour|paint|dye|tint) {x} {c}",
    "(make|turn|color|colour|paint) {x} {c}",
    "(change|set|switch) {x} (to|from {old} to) {c}",
    "(change|set|switch) the (color|colour) of {x} (to|from {old} to) {c}",
    "(recolor|recolour|repaint) {x} (to|in|as|) {c}",
    "{x} (should be|becomes|should become|should turn|must be|in) {c}",
    "(give {x} a {c} (color|colour)|give {x} the (color|colour) {c})",
    "(paint|color|colour|fill) {x} (in|with) {c}",
    "let {x} (be|become) {c}",
    "{c} instead of {old} for {x}",
    "i want {x} (to be|in) {c}",
)
BACKGROUND = (
    "(make|turn|paint|color|colour) the background {g}",
    "(change|set|switch|turn) the background (to|into) {ag}",
    "(change|set) the (background color|background colour|color of the background|colour of the background) to {g}",
    "(put|place|set) (everything|the picture|the scene|it) on {ag} background",
    "replace the background (with|by) {ag}",
    "(use|give it|give the picture|i want) {ag} background",
    "{ag} background",
    "the background (should be|becomes|must be|in) {g}",
)
REMOVE = (
    "(remove|delete|erase|drop|clear|eliminate) {x}",
    "(remove|delete|erase|get rid of|take away) {x}",
    "(take {x} (out|away)|take away {x}|take out {x})",
    "{x} (should go|should disappear|should be removed|must go|should be gone)",
    "(make|let) {x} (disappear|vanish|go away)",
    "(without {x}|the picture without {x}|i do not want {x}|i don't want {x}|there should be no {bare})",
    "(remove|delete|erase) {x} from the (picture|image|scene)",
)
ADD = (
    "(add|put|place|draw|insert|paint|create) {a c s} (in|at|to|on) the {p}",
    "(add|put|place|draw) {a c s} (in|at|to|on) the {p}",
    "there should be {a c s} (in|at) the {p}",
    "(i want|i need|give it) {a c s} (in|at) the {p}",
    "(in|at|to|on) the {p} (add|put|place|draw) {a c s}",
    "{a c s} (in|at) the {p}",
)
SWAP = (
    "(replace|exchange|swap) {x} (with|by|for) {a s}",
    "(turn|change|transform|convert|make|morph) {x} (into|to) {a s}",
    "(turn|change|transform) {x} into {a s}",
    "make {x} {a s}",
    "{x} (should be|becomes|should become) {a s}",
    "(put|draw|i want) {a s} (instead|in place) of {x}",
    "let {x} become {a s}",
    "change the shape of {x} to {a s}",
)
RESIZE = {
    True: (
        "(make|let) {x} (bigger|larger|grow|big|large)",
        "make {x} (bigger|larger)",
        "(enlarge|grow|scale up|blow up|increase) {x}",
        "increase the size of {x}",
        "{x} (should be|becomes|must be|should get) (bigger|larger)",
        "(i want|give me) a (bigger|larger) {bare}",
    ),
    False: (
        "(make|let) {x} (smaller|shrink|tiny|small|tinier)",
        "make {x} smaller",
        "(shrink|reduce|scale down|decrease) {x}",
        "(reduce|decrease) the size of {x}",
        "{x} (should be|becomes|must be|should get) (smaller|tinier)",
        "(i want|give me) a smaller {bare}",
    ),
}
MOVE_TO = (
    "(move|shift|bring|drag|put|place|set|send) {x} (to|in|into) the {p}",
    "move {x} to the {p}",
    "{x} (should be|should go|belongs|must be) (in|to|at) the {p}",
    "i want {x} (in|at) the {p}",
)
PUSH = (
    "(move|shift|push|slide|nudge|pull) {x} (a bit|a little|) {d}",
    "(move|shift|push) {x} {d}",
    "{x} (should move|should go|further) {d}",
)
WORD = (
    "(replace|swap|exchange) (the word|the text|) {was} (with|by|for) {new}",
    "replace {was} with {new}",
    "(change|turn) (the word|the text|) {was} (to|into) {new}",
    "change (the word|the text|the writing|the letters) to {new}",
    "(the word|the text|it|the sign) should (say|read|be) {new}",
    "(write|put|i want) {new} instead of {was}",
    "make (it|the text|the word|the sign) (say|read) {new}",
    "{new} instead of {was}",
)
STYLE = {
    "pixel art": (
        "(as|make it|turn it into|turn this into|make this|in) "
        "(a pixel-art picture|a pixel art picture|pixel art|pixel-art)",
        "(pixelate|pixelate it|pixelate the picture|make it pixelated)",
        "in (pixel art|pixel-art) style",
    ),
    "black and white": (
        "(as|make it|turn it into|turn this into|in|make the picture) "
        "(a black and white (picture|photo)|black and white)",
        "(remove|take away|without) (all colors|the colors|all colours|the colours)",
        "(desaturate it|desaturate the picture|in grayscale|make it grayscale|as a grayscale picture|to greyscale)",
    ),
    "line drawing": (
        "(as|make it|turn it into|turn this into|make this) "
        "(a line drawing|an outline drawing|a coloring page|line art|a sketch)",
        "(draw only|only|keep only|just) the (outlines|lines)",
        "in line art style",
    ),
    "negative": (
        "(as|make it|turn it into|turn this into) (a negative|a photo negative)",
        "(invert|reverse|flip) (the colors|all colors|the colours|all colours)",
        "(invert it|invert the picture|invert this)",
    ),
}
TWO_PICTURES = (
    "(put|add|insert|place|copy|bring|paste|take) {it} (of|from|in) the second (picture|image) "
    "(into|to|in|onto) the first (one|picture|image|)",
    "put {it} of the second picture into the first (one|picture|)",
    "(add|put|copy|paste) {it} (of|from) (picture|image) 2 (to|into|in) (picture|image) 1",
    "(add|put|insert|copy) the second (picture|image)'s {bare} (to|into) the first (one|picture|image|)",
    "the first (picture|image) with {it} (of|from) the second (one|picture|image|)",
)

PLACE = {
    "top left": "(top left|top left corner|upper left|upper left corner|top-left corner)",
    "top": "(top|top side|upper side|top middle|top center)",
    "top right": "(top right|top right corner|upper right|upper right corner|top-right corner)",
    "left": "(left side|left edge|left border|middle left)",
    "center": "(center|middle|centre|center|middle)",
    "right": "(right side|right edge|right border|middle right)",
    "bottom left": "(bottom left|bottom left corner|lower left|lower left corner|bottom-left corner)",
    "bottom": "(bottom|bottom side|lower side|bottom middle|bottom center)",
    "bottom right": "(bottom right|bottom right corner|lower right|lower right corner|bottom-right corner)",
}
DIRECTION = {
    "left": "(left|to the left|leftwards)",
    "right": "(right|to the right|rightwards)",
    "up": "(up|upwards|higher)",
    "down": "(down|downwards|lower)",
}
GROUND = {
    "plain": "(|plain |solid |plain ){0}",
    "vertical": "({0} to {1} gradient|gradient from {0} to {1}|{0} to {1} gradient)",
    "stripes": "({0} stripes|striped {0}|{0} striped)",
    "checks": "({0} checks|checkered {0}|{0} checkered|{0} checkerboard)",
    "dots": "({0} dots|dotted {0}|{0} dotted|{0} polka dots)",
}
BEFORE = "(|||||||||please |please |could you |can you |now |just |could you please |i would like you to |simply )"
AFTER = (
    "(||||||||||| please|, please| in this picture| in the image| for me| and keep the rest| and change nothing else"
    "| and leave everything else as it is|, keep everything else the same| but keep the rest unchanged)"
)
