"""A scene: what is in a picture, and the picture of it."""

from dataclasses import dataclass, replace

import numpy as np

import lettering
import shapes
import styles
from canvas import lay, write
from grounds import Ground
from palette import RGB


@dataclass(frozen=True)
class Thing:
    """A shape: its colour's name and look, its centre and radius in pixels."""

    shape: str
    name: str
    colour: RGB
    x: int
    y: int
    radius: int

    def inside(self, width: int, height: int) -> bool:
        r = shapes.reach(self.radius)
        return r <= self.x < width - r and r <= self.y < height - r

    def apart(self, other: "Thing", gap: int = 2) -> bool:
        between = ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5
        return between >= shapes.REACH * (self.radius + other.radius) + gap


@dataclass(frozen=True)
class Word:
    """A word: x and y are its top left corner."""

    text: str
    name: str
    colour: RGB
    x: int
    y: int
    font: str

    @property
    def width(self) -> int:
        return lettering.CELL * len(self.text)

    def apart(self, thing: Thing, gap: int = 2) -> bool:
        dx = max(self.x - thing.x, 0, thing.x - self.x - self.width)
        dy = max(self.y - thing.y, 0, thing.y - self.y - lettering.ROWS)
        return (dx**2 + dy**2) ** 0.5 >= shapes.REACH * thing.radius + gap


@dataclass(frozen=True)
class Scene:
    """Nothing in it overlaps. style: one of styles.STYLES or none."""

    width: int
    height: int
    ground: Ground
    things: tuple[Thing, ...] = ()
    word: Word | None = None
    style: str | None = None

    @property
    def side(self) -> float:
        """That of a square of the same area."""
        return (self.width * self.height) ** 0.5

    def without(self, thing: Thing) -> "Scene":
        return replace(self, things=tuple(t for t in self.things if t != thing))

    def plus(self, thing: Thing) -> "Scene":
        return replace(self, things=(*self.things, thing))

    def changed(self, thing: Thing, **how) -> "Scene":
        return replace(self, things=tuple(replace(t, **how) if t == thing else t for t in self.things))

    def has(self, shape: str, name: str, beside: Thing | None = None) -> bool:
        """Whether a thing of this shape and colour is there, beside one that does not count."""
        return any(t != beside and (t.shape, t.name) == (shape, name) for t in self.things)

    def fits(self, thing: Thing) -> bool:
        """Whether there is room for one thing more."""
        return (
            thing.inside(self.width, self.height)
            and all(thing.apart(t) for t in self.things)
            and (self.word is None or self.word.apart(thing))
        )


def picture(scene: Scene) -> np.ndarray:
    """(height, width, 3), 8 bits."""
    plain = styles.OUTLINES.get(scene.style, _filled)(scene)
    exact = styles.FILTERS.get(scene.style, lambda p: p)(plain)
    return np.clip(np.rint(exact), 0, 255).astype(np.uint8)


def _filled(scene: Scene) -> np.ndarray:
    canvas = scene.ground.paint(scene.width, scene.height)
    for thing in scene.things:
        lay(canvas, shapes.mask(thing.shape, thing.radius), thing.colour, thing.x, thing.y)
    if scene.word:
        write(canvas, scene.word, scene.word.colour)
    return canvas
