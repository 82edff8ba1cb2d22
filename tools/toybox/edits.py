"""The edits: each kind takes a scene and makes another, with what there is to say about it.

An edit knows its way back where there is one, so that one pair of pictures teaches two instructions.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import grounds
import lettering
import making
import palette
import places
import styles
from palette import COLOURS, NAMES
from scene import Scene, Thing
from shapes import SHAPES

GROWTH = 1.36


@dataclass(frozen=True)
class Edit:
    """kind: a key of KINDS. facts: what its wordings speak of.
    thing, made: what it is about before and after, where it is about a thing."""

    kind: str
    before: Scene
    after: Scene
    facts: dict
    thing: Thing | None = None
    made: Thing | None = None
    reference: Scene | None = None  # the second picture


def recolour(rng: Random, scene: Scene) -> Edit | None:
    thing = rng.choice(scene.things)
    colour = rng.choice([n for n in NAMES if n != thing.name])
    return recoloured(scene, thing, colour)


def recoloured(scene: Scene, thing: Thing, colour: str) -> Edit | None:
    if not making.told_apart(scene, COLOURS[colour], thing.x, thing.y):
        return None
    if scene.has(thing.shape, colour, beside=thing):
        return None
    made = replace(thing, name=colour, colour=COLOURS[colour])
    return Edit(
        "recolour", scene, scene.changed(thing, name=made.name, colour=made.colour), {"colour": colour}, thing, made
    )


def background(rng: Random, scene: Scene) -> Edit | None:
    return grounded(scene, grounds.some_nameable(rng))


def gradient(rng: Random, scene: Scene) -> Edit | None:
    """A background again, but one that is seldom asked for and hard: which colour is on top is a matter of order."""
    return grounded(scene, grounds.some_gradient(rng))


def grounded(scene: Scene, ground: grounds.Ground) -> Edit | None:
    after = replace(scene, ground=ground)
    if ground == scene.ground or not all(making.told_apart(after, t.colour, t.x, t.y) for t in scene.things):
        return None
    word = scene.word
    if word and not all(making.told_apart(after, word.colour, x, word.y) for x in (word.x, word.x + word.width)):
        return None
    return Edit("background", scene, after, {"ground": ground})


def remove(rng: Random, scene: Scene) -> Edit | None:
    thing = rng.choice(scene.things)
    return Edit("remove", scene, scene.without(thing), {}, thing)


def add(rng: Random, scene: Scene) -> Edit | None:
    place = rng.choice(tuple(places.PLACES))
    x, y = places.at(scene, place)
    name, shape = rng.choice(NAMES), rng.choice(SHAPES)
    thing = Thing(shape, name, COLOURS[name], x, y, places.ADDED_RADIUS)
    if len(scene.things) > 3 or scene.has(shape, name):
        return None
    if not scene.fits(thing) or not making.told_apart(scene, thing.colour, x, y):
        return None
    return Edit("add", scene, scene.plus(thing), {"place": place}, None, thing)


def swap(rng: Random, scene: Scene) -> Edit | None:
    """Another shape of the same colour, centre and radius; now and then another colour, too."""
    thing = rng.choice(scene.things)
    shape = rng.choice([s for s in SHAPES if s != thing.shape])
    name = thing.name if rng.random() < 0.8 else rng.choice([n for n in NAMES if n != thing.name])
    colour = thing.colour if name == thing.name else COLOURS[name]
    return swapped(scene, thing, shape, name, colour)


def swapped(scene: Scene, thing: Thing, shape: str, name: str, colour: palette.RGB) -> Edit | None:
    if scene.has(shape, name, beside=thing):
        return None
    if not making.told_apart(scene, colour, thing.x, thing.y):
        return None
    after = scene.changed(thing, shape=shape, name=name, colour=colour)
    return Edit("swap", scene, after, {}, thing, replace(thing, shape=shape, name=name, colour=colour))


def move(rng: Random, scene: Scene) -> Edit | None:
    thing = rng.choice(scene.things)
    if rng.random() < 0.6:
        place = rng.choice(tuple(places.PLACES))
        facts, (x, y) = {"place": place}, places.at(scene, place)
    else:
        direction = rng.choice(tuple(places.DIRECTIONS))
        facts, (x, y) = {"direction": direction}, places.pushed(scene, thing.x, thing.y, direction)
    return moved(scene, thing, x, y, facts)


def moved(scene: Scene, thing: Thing, x: int, y: int, facts: dict) -> Edit | None:
    made = replace(thing, x=x, y=y)
    far = abs(x - thing.x) + abs(y - thing.y) >= 12
    if not far or not scene.without(thing).fits(made) or not making.told_apart(scene, thing.colour, x, y):
        return None
    return Edit("move", scene, scene.changed(thing, x=x, y=y), facts, thing, made)


def resize(rng: Random, scene: Scene) -> Edit | None:
    thing = rng.choice(scene.things)
    return resized(scene, thing, rng.random() < 0.5)


def resized(scene: Scene, thing: Thing, bigger: bool) -> Edit | None:
    radius = _other_radius(thing.radius, bigger)
    if radius is None:
        return None
    made = replace(thing, radius=radius)
    if not scene.without(thing).fits(made):
        return None
    return Edit("resize", scene, scene.changed(thing, radius=radius), {"bigger": bigger}, thing, made)


def _other_radius(radius: int, bigger: bool) -> int | None:
    """The next of RADII; from between them, about as much more or less. None behind the last."""
    if radius not in making.RADII:
        other = round(radius * GROWTH if bigger else radius / GROWTH)
        return other if making.RADII[0] <= other <= making.RADII[-1] else None
    rung = making.RADII.index(radius) + (1 if bigger else -1)
    return making.RADII[rung] if 0 <= rung < len(making.RADII) else None


def word(rng: Random, scene: Scene) -> Edit | None:
    """Another word in the place of the first, from the same left edge."""
    if not scene.word:
        return None
    most = min(lettering.MOST, (scene.width - scene.word.x) // lettering.CELL)
    text = making.some_text(rng, most) if rng.random() < 0.5 else making.some_text(rng, len(scene.word.text))
    return reworded(scene, text)


def reworded(scene: Scene, text: str) -> Edit | None:
    other = replace(scene.word, text=text)
    right = other.x + other.width
    fits = right <= scene.width and all(other.apart(t) for t in scene.things)
    if text == scene.word.text or not fits or not making.told_apart(scene, other.colour, right, other.y):
        return None
    return Edit("word", scene, replace(scene, word=other), {"old": scene.word.text, "new": text})


def style(rng: Random, scene: Scene) -> Edit | None:
    name = rng.choice(styles.STYLES)
    return Edit("style", scene, replace(scene, style=name), {"style": name})


def take_over(rng: Random, scene: Scene) -> Edit | None:
    """The thing of a second picture comes into the first, where it stands there."""
    thing = making.some_thing(rng, replace(scene, things=scene.things[:3]))
    if not thing or len(scene.things) > 3 or not scene.fits(thing):
        return None
    second = Scene(scene.width, scene.height, grounds.some(rng), (thing,))
    if not making.told_apart(second, thing.colour, thing.x, thing.y):
        return None
    return Edit("two pictures", scene, scene.plus(thing), {}, None, thing, second)


def back(edit: Edit) -> Edit | None:
    """The edit that undoes this one, if it can be asked for exactly."""
    before, after, thing, made = edit.before, edit.after, edit.thing, edit.made
    if edit.kind == "recolour" and thing.colour == COLOURS[thing.name]:
        return recoloured(after, made, thing.name)
    if edit.kind == "background" and grounds.nameable(before.ground):
        return grounded(after, before.ground)
    if edit.kind == "add":
        return Edit("remove", after, before, {}, made)
    if edit.kind == "swap" and (thing.colour == made.colour or thing.colour == COLOURS[thing.name]):
        return swapped(after, made, thing.shape, thing.name, thing.colour)
    if edit.kind == "resize":
        there = resized(after, made, not edit.facts["bigger"])
        return there if there and there.made == thing else None
    if edit.kind == "move" and "direction" in edit.facts:
        return moved(after, made, thing.x, thing.y, {"direction": places.OPPOSITE[edit.facts["direction"]]})
    return reworded(after, before.word.text) if edit.kind == "word" else None


KINDS: dict[str, Callable[[Random, Scene], Edit | None]] = {
    "recolour": recolour,
    "background": background,
    "gradient": gradient,
    "remove": remove,
    "add": add,
    "swap": swap,
    "resize": resize,
    "move": move,
    "word": word,
    "style": style,
    "two pictures": take_over,
}
