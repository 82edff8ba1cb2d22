"""What people say when they want an edit: the sentences the model is trained with.

{x} is the thing, {bare} the same without article, {c} a colour, {old} the colour it has, {a s} a shape, {a c s} the
same with its colour, {p} a place, {d} a direction, {g} and {ag} a ground, {was} and {new} words, {it} the thing of the
second picture. wordings_strangers.py holds those that only the judge uses.
"""

# Said of a thing that it be otherwise: "the circle <MUST> be blue".
MUST = "(should|should|must|has to|needs to|ought to|shall|is supposed to|is meant to|will|might|could|had better)"
WISH = "(i want|i want|i need|i would like|i'd like|i would love|i'd prefer|i would prefer|i wish for|we want|we need)"
ASK = "(can|could|may|should|shall|would) "  # of a question: "could the circle be blue?"
LOOK = "(looks|would look|might look|would be|is|will look) (better|nicer|best|great|good|prettier|cooler|lovely)"
WOULD_BE = "(it would be (nice|great|better|good|lovely) if|i wish|what if|how about if|imagine|suppose|make sure|see to it that)"
HAVE = (
    "(have|get|i want to have|i'd like to have|i would like to see|i want to see|i'd love to see|let me see|let's see)"
)

RECOLOUR = (
    "(make|turn|color|colour|paint|dye|tint) {x} {c}",
    "(make|turn|color|colour|paint) {x} {c}",
    "(change|set|switch|alter|adjust|convert) {x} (to|from {old} to) {c}",
    "(change|set|switch|alter|modify|adjust) the (color|colour|fill|shade) of {x} (to|from {old} to|into) {c}",
    "(change|set|alter) {x}'s (color|colour) to {c}",
    "(recolor|recolour|repaint|redo|re-color|redraw) {x} (to|in|as|) {c}",
    "{x} (should be|becomes|should become|should turn|must be|in) {c}",
    "{x} " + MUST + " (be|become|turn|get|look|be painted|be colored|be made|be changed to) {c}",
    "(give {x} a {c} (color|colour|tint|coat|coat of paint|look|tone)|give {x} the (color|colour) {c})",
    "(paint|color|colour|fill|cover|coat|shade|flood) {x} (in|with) {c}",
    "let {x} (be|become|turn) {c}",
    "{c} instead of {old} for {x}",
    WISH + " {x} (to be|in|to become|to turn|painted|to look) {c}",
    ASK + "{x} be {c} (|instead|rather)?",
    ASK + "{x} (be made|become|turn|be painted|be colored) {c}?",
    HAVE + " {x} (painted|in|colored|coloured|turned|dyed|made) {c}",
    WOULD_BE + " {x} (was|were|is|became|turned|had been) {c}",
    "{x} " + LOOK + " (in|when it is) {c}",
    "(i think|i believe|i guess) {x} " + MUST + " be {c}",
    "(how about|what about) {x} in {c}?",
    "(apply|put|use) {c} (to|on|for) {x}",
    "(use|pick|choose|take) (|the color |the colour ){c} for {x}",
    "{x} (:|is now|now|gets|goes|to|in|->) {c}",
    "{x} (isn't|is not|shouldn't be|should not be) {old} but {c}",
    "{c} (is the (color|colour) for|suits|should be the (color|colour) of) {x}",
    "(make|paint|turn) the {old} (one|thing|shape|parts) of {x} {c}",
    "alter {x} so that it is {c}",
)
BACKGROUND = (
    "(make|turn|paint|color|colour|fill|dye) the (background|backdrop|back) {g}",
    "(change|set|switch|turn|alter|convert) the (background|backdrop) (to|into) {ag}",
    "(change|set) the (background color|background colour|color of the background|colour of the background) to {g}",
    "(put|place|set|show|draw) (everything|the picture|the scene|it|the shapes|all of it|the whole thing) "
    "(on|in front of|against|over) {ag} background",
    "(replace|swap|exchange) the (background|backdrop) (with|by|for) {ag}",
    "(use|give it|give the picture|i want|add|apply|create|set|take) {ag} (background|backdrop)",
    "{ag} background",
    "{g} (background|backdrop|behind everything)",
    "the (background|backdrop) (should be|becomes|must be|in|:|is|goes) {g}",
    "the background " + MUST + " (be|become|turn|look|be made|be painted) {g}",
    WISH + " (the background (to be|in|to become) {g}|{ag} background)",
    ASK + "(the background be {g}|we have {ag} background|it have {ag} background|i get {ag} background)?",
    HAVE + " (the background (painted|in|turned|made) {g}|{ag} background)",
    WOULD_BE + " the background (was|were|is|became) {g}",
    "(the picture|it|this|everything) " + LOOK + " (on|with|against) {ag} background",
    "(how about|what about) {ag} background?",
    "let the background (be|become|turn) {g}",
    "behind (everything|the shapes|all that|it) " + MUST + " be {ag} background",
    "(fill|cover|flood|wash) the (background|backdrop) (with|in) {g}",
    "(background|backdrop|bg) (:|to|in|now|->|should be|) {g}",
)
GONE = "(go|disappear|vanish|be removed|be gone|be deleted|be erased|leave|go away|be taken out|be taken away)"
REMOVE = (
    "(remove|delete|erase|drop|clear|eliminate|wipe out|wipe away|cut out|rub out|scrap|discard|hide|cancel) {x}",
    "(remove|delete|erase|get rid of|take away|throw away|throw out|do away with|lose|strip out|cut) {x}",
    "(take|cut|throw|wipe|leave|edit|crop|paint|rub|scratch) {x} (out|away|out of the picture|off)",
    "{x} (should go|should disappear|should be removed|must go|should be gone)",
    "{x} " + MUST + " " + GONE,
    "(make|let|have) {x} (disappear|vanish|go away|gone|invisible|go)",
    "(without {x}|the picture without {x}|i do not want {x}|i don't want {x}|there should be no {bare})",
    "(remove|delete|erase|take|get|wipe|cut|drop) {x} (from|out of) the (picture|image|scene|photo|drawing)",
    "(i don't|i do not|we don't|nobody) (need|like|want|want to see|want to have) {x} (|anymore|any more|any longer|"
    "there)",
    WISH + " {x} (gone|removed|deleted|erased|away|to go|to disappear|out of here|to be gone)",
    WISH + " (the picture|it|this) without {x}",
    ASK + "{x} (go|be removed|be gone|disappear|be deleted|go away)?",
    HAVE + " {x} (removed|erased|deleted|taken out|gone|cut out)",
    WOULD_BE + " {x} (was|were|is) (gone|not there|removed|away)",
    "(the picture|it|this) " + LOOK + " without {x}",
    "{x} (is not needed|isn't needed|is too much|does not belong here|doesn't belong|is in the way|gone|away|out|off)",
    "(no|no more|minus|not) {bare}",
    "(paint|draw|fill) over {x}",
    "(fill|replace) {x} (with|by) the background",
)
ADD = (
    "(add|put|place|draw|insert|paint|create|set|include|drop|sketch|stick|make) {a c s} (in|at|to|on|into|"
    "near) the {p}",
    "(add|put|place|draw) {a c s} (in|at|to|on) the {p}",
    "there (should|must|needs to|has to|ought to|could) be {a c s} (in|at|on) the {p}",
    "(i want|i need|give it|give me|show|show me|get me|we need|i miss|it lacks|it needs|the picture needs) "
    "{a c s} (in|at|on) the {p}",
    "(in|at|to|on) the {p} (add|put|place|draw|insert|paint|i want|i need|there should be|we need|goes|comes|"
    "sits) {a c s}",
    "{a c s} (in|at|on|for|to) the {p}",
    WISH + " {a c s} (in|at|on) the {p}",
    ASK + "(there be|i have|we have|you add|i get|you draw) {a c s} (in|at|on) the {p}?",
    HAVE + " {a c s} (added|drawn|placed|put|painted|) (in|at|on|to) the {p}",
    WOULD_BE + " there (was|were|is) {a c s} (in|at|on) the {p}",
    "(the picture|it|this) " + LOOK + " with {a c s} (in|at|on) the {p}",
    "(how about|what about) {a c s} (in|at|on) the {p}?",
    "let {a c s} (appear|be|stand|sit|show up|come) (in|at|on) the {p}",
    "(fill|decorate|complete) the {p} with {a c s}",
    "the {p} (should have|needs|gets|could use|must have|wants) {a c s}",
    "{p} (:|->|gets|,) {a c s}",
    "(add|put|draw) (another|one more|a new) shape (in|at|to) the {p} : {a c s}",
)
SWAP = (
    "(replace|exchange|swap|substitute|trade|switch) {x} (with|by|for) {a s}",
    "(turn|change|transform|convert|make|morph|reshape|shape|redraw|form|rework) {x} (into|to|as) {a s}",
    "(turn|change|transform) {x} into {a s}",
    "make {x} {a s}",
    "{x} (should be|becomes|should become) {a s}",
    "{x} " + MUST + " (be|become|turn into|be turned into|be replaced by|be swapped for|change into|look like) {a s}",
    "(put|draw|i want|use|show|place|paint|take|give me) {a s} (instead|in place|in the place) of {x}",
    "(use|draw|i would rather have|i'd rather see|show) {a s} rather than {x}",
    "let {x} (become|be|turn into|change into) {a s}",
    "(change|set|alter) the (shape|form) of {x} to {a s}",
    WISH + " {x} (to be|to become|turned into|replaced by|replaced with|changed to|as) {a s}",
    WISH + " {a s} (where {x} is|instead of {x}|in place of {x}|in {x}'s place)",
    ASK + "{x} (be|become|be turned into|turn into) {a s} (|instead)?",
    HAVE + " {x} (turned into|replaced by|changed to|swapped for|as) {a s}",
    WOULD_BE + " {x} (was|were|is|became|had been) {a s}",
    "{x} " + LOOK + " as {a s}",
    "(how about|what about) {a s} (instead of|for|in place of) {x}?",
    "(where {x} is|in place of {x}|instead of {x}) (|,) (draw|put|i want|place|there should be|should be|paint) {a s}",
    "(remove|delete|erase|take away) {x} and (draw|put|place|paint|add) {a s} (there|in its place|instead)",
    "{x} (->|:|is now|now|gets replaced by|out, and in with|for) {a s}",
    "{x} (isn't|is not|shouldn't be|should not stay) what it is but {a s}",
)
GROW = "(bigger|larger|bigger|larger|huge|big|large|a bit bigger|a bit larger|a size bigger|one size larger|greater)"
SHRINK = "(smaller|smaller|smaller|tiny|tinier|small|little|a bit smaller|a size smaller|one size smaller|less big)"


def _sizes(more: str, verbs: str, grow: str) -> tuple[str, ...]:
    return (
        "(make|let|get|have) {x} " + more,
        "make {x} " + more,
        verbs + " {x}",
        verbs + " {x} (a bit|a little|some|by one size|one step|slightly)",
        "{x} " + MUST + " (be|become|get|look|be made|appear) " + more,
        "{x} " + MUST + " " + grow,
        "(let|make|have|watch) {x} " + grow,
        WISH + " {x} (to be|to become|to get|to look|) " + more,
        WISH + " {x} to " + grow,
        "(i want|give me|i need|show me|draw|use) a " + more + " {bare}",
        ASK + "{x} (be|become|get|be made) " + more + "?",
        HAVE + " {x} (made|drawn|) " + more,
        WOULD_BE + " {x} (was|were|is|got) " + more,
        "{x} " + LOOK + " (|if) " + more,
        "(how about|what about) a " + more + " {bare}?",
        "{x} (:|->|goes|gets|now|is now|) " + more,
        more + " {bare}",
        "(draw|paint|redraw|show|render|set) {x} " + more,
    )


RESIZE = {
    True: (
        *_sizes(
            GROW,
            "(enlarge|grow|scale up|blow up|increase|expand|magnify|stretch|extend|inflate|upsize|zoom in on|upscale|"
            "widen)",
            "(grow|grow a bit|gain size|swell|expand|get bigger|take more room)",
        ),
        "(increase|raise|boost) the (size|scale|radius) of {x}",
        "{x} is (too small|too tiny|not big enough|so small|much too small)",
        "(scale|size|blow|pump) {x} up",
        "stretch {x} so that it is larger",
    ),
    False: (
        *_sizes(
            SHRINK,
            "(shrink|reduce|scale down|decrease|downsize|minimize|compress|squeeze|diminish|contract|zoom out on|"
            "downscale)",
            "(shrink|shrink a bit|lose size|get smaller|take less room|become smaller)",
        ),
        "(reduce|decrease|lower|cut) the (size|scale|radius) of {x}",
        "{x} is (too big|too large|not small enough|so big|much too large)",
        "(scale|size) {x} down",
        "squeeze {x} so that it is smaller",
    ),
}
MOVE_TO = (
    "(move|shift|bring|drag|put|place|set|send|carry|relocate|transfer|take|slide|push|pull|position|drop|get|lift) "
    "{x} (to|in|into|at|over to|onto) the {p}",
    "move {x} to the {p}",
    "{x} (should be|should go|belongs|must be|goes|fits best|has its place) (in|to|at|on) the {p}",
    "{x} " + MUST + " (be|go|move|stand|sit|be moved|be placed|be put) (in|to|at|into) the {p}",
    WISH + " {x} (in|at|to be in|to be at|moved to|to go to|to move to|to stand in|placed in|over at) the {p}",
    ASK + "{x} (be|go|move|be moved|be put|sit) (in|to|at) the {p}?",
    HAVE + " {x} (moved to|placed in|put in|in|at|standing in|over in) the {p}",
    WOULD_BE + " {x} (was|were|is|stood) (in|at) the {p}",
    "{x} " + LOOK + " (in|at) the {p}",
    "(how about|what about) {x} (in|at) the {p}?",
    "let {x} (stand|be|go|sit|move|come|appear) (in|at|to) the {p}",
    "(the new place of {x} is|the place for {x} is) the {p}",
    "{x} (->|:|to|now in|now at|off to|over to|into) the {p}",
    "(change|set) the (place|position|location) of {x} to the {p}",
    "the {p} is (where {x} belongs|where {x} should be|the place for {x}|where i want {x})",
)
PUSH = (
    "(move|shift|push|slide|nudge|pull|bring|scoot|drag|budge|put|carry) {x} (a bit|a little|slightly|somewhat|"
    "some way|) {d}",
    "(move|shift|push) {x} {d}",
    "{x} (should move|should go|further|a bit|a little|goes|moves) {d}",
    "{x} " + MUST + " (move|go|be|come|slide|be moved|be pushed) (a bit|a little|further|some|) {d}",
    WISH + " {x} (moved|to go|to move|shifted|to be|pushed|) (a bit|a little|further|) {d}",
    ASK + "{x} (go|move|be moved|be pushed|come) (a bit|a little|further|) {d}?",
    HAVE + " {x} (moved|shifted|pushed|nudged|) (a bit|a little|further|) {d}",
    WOULD_BE + " {x} (was|were|is|stood) (a bit|further|a little|) {d}",
    "{x} " + LOOK + " (a bit|further|a little) {d}",
    "let {x} (move|go|slide|come|wander) (a bit|a little|further|) {d}",
    "{x} (->|:|,) {d}",
)
TEXT = "(the word|the text|the writing|the lettering|the letters|the caption|the label|the sign)"
WORD = (
    "(replace|swap|exchange|substitute|switch) (the word|the text|the writing|) {was} (with|by|for|to) {new}",
    "replace {was} with {new}",
    "(change|turn|rewrite|edit|convert|alter|correct|rename) (the word|the text|the label|) {was} (to|into|as) {new}",
    "(change|set|edit|switch|correct|rewrite) " + TEXT + " (to|into|as|so that it says|so it reads) {new}",
    "(the word|the text|it|the sign|the caption) should (say|read|be) {new}",
    "(" + TEXT + "|it) " + MUST + " (say|read|be|become|be changed to|show) {new}",
    "(write|put|i want|spell|type|print|use|draw|show) {new} (instead|in place) of {was}",
    "(use|write|i'd rather read|i would rather have) {new} rather than {was}",
    "make (it|the text|the word|the sign|the caption|the letters) (say|read|be|spell) {new}",
    "make {was} (read|say|be|into) {new}",
    "{new} instead of {was}",
    WISH + " (" + TEXT + "|it|{was}) to (say|read|be|become|spell) {new}",
    ASK + "(" + TEXT + "|it|{was}) (say|read|be|become) {new}?",
    HAVE + " " + TEXT + " (say|read|changed to|replaced by) {new}",
    WOULD_BE + " (" + TEXT + "|it) (said|read|says|was) {new}",
    "let (" + TEXT + "|it|{was}) (say|be|read|become) {new}",
    "{was} (->|should be|becomes|must be|to|is now|should read|should say|should become) {new}",
    "(write|spell|type|print) {new} where (it says|it said|there is) {was}",
    "(erase|remove|delete|cross out) {was} and write {new} (|instead|there)",
    "(new text|text|word|caption) (:|is|) {new}",
    "it says {was} (but|and) (should|must|ought to) (say|be|read) {new}",
)
AS = (
    "(as|make it|turn it into|turn this into|make this|in|i want|i'd like|give me|draw it as|redraw it as|render it as|"
    "convert it to|change it to|convert this into|transform it into|show it as|let it be|paint it as|have it as|"
    "it should be|it should look like|make it look like|let it look like|the picture as|the image as|i would prefer|"
    "could it be|can i have it as|what about|how about|let's have it as|redo this as|restyle it as) "
)
STYLE = {
    "pixel art": (
        AS + "(a pixel-art picture|a pixel art picture|pixel art|pixel-art|a pixelated picture|an 8-bit picture|"
        "pixel graphics|old game graphics|big pixels|a mosaic of pixels)",
        "(pixelate|pixelate it|pixelate the picture|make it pixelated|make it blocky|pixelate everything|"
        "pixelate this)",
        "(in|use|apply|give it|i want) (a|the|) (pixel art|pixel-art|pixelated|8-bit|retro game) (style|look|effect|"
        "filter)",
        "(pixel art|pixels|pixelated|pixel-art style|pixel style|8-bit)",
        "(bigger pixels|coarse pixels|big blocks) (please|everywhere|)",
    ),
    "black and white": (
        AS
        + "(a black and white (picture|photo|image|version)|black and white|a grayscale picture|gray tones|a b&w photo|"
        "shades of gray|monochrome|grayscale|greyscale)",
        "(remove|take away|without|drop|drain|strip|lose|get rid of|no) (all colors|the colors|all colours|"
        "the colours|all color)",
        "(desaturate it|desaturate the picture|in grayscale|make it grayscale|as a grayscale picture|to greyscale|"
        "desaturate)",
        "(in|use|apply|give it|i want) (a|the|) (black and white|grayscale|monochrome|b&w|old photo) (style|look|"
        "effect|filter)",
        "(black and white|grayscale|greyscale|monochrome|b&w|black-and-white|only grays|colorless|colourless)",
        "(everything|the picture|all of it|it) (in|should be in|must be) (black and white|grays|gray tones|"
        "shades of gray)",
    ),
    "line drawing": (
        AS + "(a line drawing|an outline drawing|a coloring page|line art|a sketch|a pencil drawing|an outline|"
        "outlines|a contour drawing|a drawing of lines|a colouring book page|a line-art picture)",
        "(draw only|only|keep only|just|show only|leave only|reduce it to) the (outlines|lines|contours|edges)",
        "in line art style",
        "(in|use|apply|give it|i want) (a|the|) (line art|line drawing|outline|sketch|line-art|coloring book) (style|"
        "look|effect|filter)",
        "(line art|line drawing|outlines only|sketch|outlines|only lines|sketch it|outline everything|"
        "trace the outlines)",
        "(trace|outline|sketch) (it|everything|the picture|the shapes|this)",
    ),
    "negative": (
        AS + "(a negative|a photo negative|a film negative|its negative|the negative|an inverted picture|inverted|"
        "a negative of the picture|inverted colors)",
        "(invert|reverse|flip|negate) (the colors|all colors|the colours|all colours|everything|every color)",
        "(invert it|invert the picture|invert this|negate it|negate this|invert|invert the whole image)",
        "(in|use|apply|give it|i want) (a|the|) (negative|inverted|film negative|inverted colors|inverse) (style|"
        "look|effect|filter)",
        "(negative|inverted colors|inverted colours|negative colors|opposite colors|color inversion|photo negative)",
        "(every color|all colors|the colors) (should be|must be|become|turn into) (inverted|reversed|the opposite|"
        "their opposite)",
    ),
}
FIRST = "(the first (one|picture|image|photo|)|picture 1|image 1|picture one)"
SECOND = "(the second (picture|image|one|photo)|picture 2|image 2|the other picture|picture two)"
TWO_PICTURES = (
    "(put|add|insert|place|copy|bring|paste|take|transfer|move|carry|import) {it} (of|from|in) " + SECOND + " "
    "(into|to|in|onto|over to) " + FIRST,
    "put {it} of the second picture into the first (one|picture|)",
    "(add|put|copy|paste) {it} (of|from) (picture|image) 2 (to|into|in) (picture|image) 1",
    "(add|put|insert|copy) the second (picture|image)'s {bare} (to|into) " + FIRST,
    FIRST + " (with|plus|and|should have|gets|must get|needs|should get) {it} (of|from) " + SECOND,
    "{it} (of|from) " + SECOND + " " + MUST + " (be in|be added to|come into|appear in|go into|be put into) " + FIRST,
    WISH + " {it} (of|from) " + SECOND + " (in|inside|added to|copied to|put into) " + FIRST,
    ASK + "{it} (of|from) " + SECOND + " (be in|come into|be added to|go to) " + FIRST + "?",
    HAVE + " {it} (of|from) " + SECOND + " (put into|in|added to|pasted into) " + FIRST,
    "(take|use|get|grab|pick) {it} (of|from) " + SECOND + " and (put|paste|add|place|draw) it (into|in|to) " + FIRST,
    "let {it} (of|from) " + SECOND + " (appear|be|show up) in " + FIRST,
    "(combine|merge) (both|the two|them) : {it} (of|from) " + SECOND + " goes (into|in) " + FIRST,
)

PLACE = {
    "top left": "(top left|top left corner|upper left|upper left corner|top-left corner|upper-left|left top corner|"
    "top left part)",
    "top": "(top|top side|upper side|top middle|top center|upper edge|top edge|upper part|upper middle|"
    "middle of the top)",
    "top right": "(top right|top right corner|upper right|upper right corner|top-right corner|upper-right|"
    "right top corner)",
    "left": "(left side|left edge|left border|middle left|left|left middle|left part|center left|left-hand side)",
    "center": "(center|middle|centre|center|middle|very center|middle of the picture|center of the image|very middle)",
    "right": "(right side|right edge|right border|middle right|right|right middle|right part|center right|"
    "right-hand side)",
    "bottom left": "(bottom left|bottom left corner|lower left|lower left corner|bottom-left corner|lower-left|"
    "left bottom corner)",
    "bottom": "(bottom|bottom side|lower side|bottom middle|bottom center|lower edge|bottom edge|lower part|"
    "lower middle)",
    "bottom right": "(bottom right|bottom right corner|lower right|lower right corner|bottom-right corner|"
    "lower-right|right bottom corner)",
}
DIRECTION = {
    "left": "(left|to the left|leftwards|leftward|more to the left|further left|towards the left)",
    "right": "(right|to the right|rightwards|rightward|more to the right|further right|towards the right)",
    "up": "(up|upwards|higher|upward|further up|towards the top|more to the top|higher up)",
    "down": "(down|downwards|lower|downward|further down|towards the bottom|more to the bottom|lower down)",
}
GROUND = {
    "plain": "(|plain |solid |plain |pure |flat |uniform |simple |just ){0}",
    "vertical": "({0} to {1} gradient|gradient from {0} to {1}|{0} to {1} gradient|"
    "gradient from {0} at the top to {1} at the bottom|"
    "{0}-{1} gradient|gradient of {0} fading into {1}|gradient with {0} on top and {1} below|"
    "gradient from {1} at the bottom to {0} at the top|"
    "gradient of {0} above and {1} below|gradient that goes from {0} to {1}|{0} into {1} gradient|"
    "gradient with {1} at the bottom and {0} at the top|color gradient from {0} to {1})",
    "stripes": "({0} stripes|striped {0}|{0} striped|{0} stripe|stripes of {0}|stripes in {0}|{0} vertical stripes)",
    "checks": "({0} checks|checkered {0}|{0} checkered|{0} checkerboard|{0} chequered|{0} chessboard|{0} checker|"
    "{0} checked)",
    "dots": "({0} dots|dotted {0}|{0} dotted|{0} polka dots|{0} polka dot|{0} spots|{0} spotted)",
}
BEFORE = (
    "(||||||||||||please |please |please |could you |can you |now |just |could you please |can you please |"
    "i would like you to "
    "|simply |would you |kindly |hey, |hi, |hello, |ok, |okay, |so, |next, |then |i want you to |i need you to |"
    "let's |you should "
    "|go ahead and |try to |quickly |also |and now |first, |finally, |next step: |task: |edit: |will you |we should |"
    "time to )"
)
AFTER = (
    "(|||||||||||||||| please|, please| please| in this picture| in the image| for me| and keep the rest|"
    " and change nothing else"
    "| and leave everything else as it is|, keep everything else the same| but keep the rest unchanged|, thanks|"
    ", thank you| thanks"
    "| now| if you can| if possible|, nothing else|, nothing more| and leave the rest alone|"
    " without changing the rest|!| for once"
    "| this time| in the picture|, rest stays|, that's all| only| here| as well| too|, will you|, ok| right now|"
    ", would you"
    "| and do not touch the rest| while everything else stays the same| and don't change anything else| - thanks)"
)
