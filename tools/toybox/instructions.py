"""An edit said in a sentence."""

from random import Random

import wordings
from edits import Edit
from grounds import Ground
from naming import article, colour_word, name, shape_word
from phrases import phrase
from places import DIRECTIONS

QUOTES = ("''", "''", '""', "", "‘’", "“”")
# "please the circle should be red" nobody says.
ORDERS = tuple(
    f"{word} "
    for word in (
        "i i'd there the a an without in at to on as can could may should shall would how what we it no not minus "
        "let's imagine suppose nobody where instead new text word caption picture image behind everything"
    ).split()
)


def say(edit: Edit, rng: Random, words=wordings) -> str:
    """A random sentence of those that ask for the edit.

    words: the module that holds the wordings
    """
    sentence = phrase(_template(edit, rng, words), rng)
    sentence = _filled(sentence, edit, rng, words)
    if not sentence.startswith(ORDERS):
        sentence = phrase(words.BEFORE, rng) + " " + sentence
    sentence = (sentence + _after(rng, words)).strip()
    if sentence.startswith("i ") or rng.random() < 0.35:
        sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence[-1] in "?!.)" else sentence + rng.choice(("", "", "", "", ".", ".", "!"))


def _after(rng: Random, words) -> str:
    drawn = phrase(words.AFTER, rng)
    return drawn if not drawn or drawn[0] in ",!." else " " + drawn


def _template(edit: Edit, rng: Random, words) -> str:
    if edit.kind == "resize":
        return rng.choice(words.RESIZE[edit.facts["bigger"]])
    if edit.kind == "style":
        return rng.choice(words.STYLE[edit.facts["style"]])
    if edit.kind == "move":
        return rng.choice(words.MOVE_TO if "place" in edit.facts else words.PUSH)
    return rng.choice(getattr(words, edit.kind.upper().replace(" ", "_")))


def _filled(sentence: str, edit: Edit, rng: Random, words) -> str:
    def put(slot: str, value) -> None:
        nonlocal sentence
        if slot in sentence:
            sentence = sentence.replace(slot, value())

    facts, made = edit.facts, edit.made
    if edit.thing:
        put("{x}", lambda: name(edit.before, edit.thing, rng))
        put("{bare}", lambda: name(edit.before, edit.thing, rng).removeprefix("the "))
        put("{old}", lambda: colour_word(edit.thing.name, rng))
    if edit.reference:
        put("{it}", lambda: name(edit.reference, made, rng))
        put("{bare}", lambda: name(edit.reference, made, rng).removeprefix("the "))
    if "colour" in facts:
        put("{c}", lambda: colour_word(facts["colour"], rng))
    if made:
        put("{a c s}", lambda: article(f"{colour_word(made.name, rng)} {shape_word(made.shape, rng)}"))
        put("{a s}", lambda: article(_other_shape(edit, rng)))
    if "place" in facts:
        put("{p}", lambda: _place(facts["place"], "to the {p}" in sentence, rng, words))
    if "direction" in facts:
        put("{d}", lambda: phrase(words.DIRECTION[facts["direction"]], rng))
    if "ground" in facts:
        put("{g}", lambda: _ground(facts["ground"], rng, words))
        put("{ag}", lambda: _with_article(_ground(facts["ground"], rng, words), sentence))
    if "new" in facts:
        quotes = rng.choice(QUOTES)
        put("{was}", lambda: _quoted(facts["old"], quotes))
        put("{new}", lambda: _quoted(facts["new"], quotes))
    return sentence


def _place(name: str, is_aim: bool, rng: Random, words) -> str:
    """Moving "to the left" is a push; the place of that name is the left side."""
    place = phrase(words.PLACE[name], rng)
    return f"{place} side" if is_aim and place in DIRECTIONS else place


def _other_shape(edit: Edit, rng: Random) -> str:
    """The colour is said when it changes, else now and then."""
    shape, same = shape_word(edit.made.shape, rng), edit.made.name == edit.thing.name
    return shape if same and rng.random() < 0.85 else f"{colour_word(edit.made.name, rng)} {shape}"


def _ground(ground: Ground, rng: Random, words) -> str:
    names = [colour_word(n, rng) for n in ground.names]
    return phrase(words.GROUND[ground.kind], rng).format(*names).strip(", ")


def _with_article(ground: str, sentence: str) -> str:
    """ "to blue" but "to a blue background" and "to a gradient from red to blue"."""
    if "{ag} background" in sentence or "gradient" in ground or "checkerboard" in ground:
        return article(ground)
    return ground


def _quoted(text: str, quotes: str) -> str:
    return f"{quotes[0]}{text}{quotes[1]}" if quotes else text
