"""What a thing in a scene can be called, so that only it is meant."""

from random import Random

from scene import Scene, Thing

SHAPE_WORDS = {
    "circle": ("circle", "circle", "circle", "disc", "round shape"),
    "square": ("square", "square", "square", "box"),
    "triangle": ("triangle",),
    "star": ("star",),
    "heart": ("heart",),
    "diamond": ("diamond", "diamond", "rhombus"),
}
COLOUR_WORDS = {"gray": ("gray", "grey"), "purple": ("purple", "purple", "violet")}
ANY = ("shape", "object", "thing", "one", "figure")


def shape_word(shape: str, rng: Random) -> str:
    return rng.choice(SHAPE_WORDS[shape])


def colour_word(name: str, rng: Random) -> str:
    return rng.choice(COLOUR_WORDS.get(name, (name,)))


def article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def name(scene: Scene, thing: Thing, rng: Random) -> str:
    """A noun phrase with its article: the shortest that is clear, a longer one, or one by size or place."""
    colour, shape = colour_word(thing.name, rng), shape_word(thing.shape, rng)
    others = [t for t in scene.things if t != thing]
    full = f"the {colour} {shape}"
    choices = [full, full]
    if all(t.shape != thing.shape for t in others):
        choices += [f"the {shape}"] * 6
    if all(t.name != thing.name for t in others) and (scene.word is None or scene.word.name != thing.name):
        choices += [f"the {colour} {rng.choice(ANY)}"] * 2
    if not others:
        choices += ["the shape", "the object"]
    if rng.random() < 0.12:
        choices = _by_size_or_place(thing, others, shape) or choices
    return rng.choice(choices)


def _by_size_or_place(thing: Thing, others: list[Thing], shape: str) -> list[str]:
    """Clear by a clear margin: a quarter in size, 16 pixels in place."""
    alike = [t for t in others if t.shape == thing.shape]
    found = []
    for rivals, noun in ((others, "shape"), (alike, shape)):
        if not rivals:
            continue
        if all(thing.radius >= 1.25 * t.radius for t in rivals):
            found += [f"the biggest {noun}", f"the largest {noun}", f"the big {noun}"]
        if all(1.25 * thing.radius <= t.radius for t in rivals):
            found += [f"the smallest {noun}", f"the small {noun}"]
        for side, beyond in (
            ("left", lambda t: t.x - thing.x),
            ("right", lambda t: thing.x - t.x),
            ("top", lambda t: t.y - thing.y),
            ("bottom", lambda t: thing.y - t.y),
        ):
            if all(beyond(t) >= 16 for t in rivals):
                found += [
                    f"the {side} {noun}",
                    f"the {noun} {'on the' if side in ('left', 'right') else 'at the'} {side}",
                ]
    return found
