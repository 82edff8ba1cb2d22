"""What is behind the things: one colour, a gradient of two, or a pattern of two tones."""

from dataclasses import dataclass
from random import Random

import numpy as np

import palette
from palette import COLOURS, NAMES, RGB

PATTERNS = ("stripes", "checks", "dots")
PERIOD = 16  # of the patterns an edit makes; a token is as wide
LIGHTER = 0.3  # how much white there is in the second tone of a pattern


@dataclass(frozen=True)
class Ground:
    """kind: plain, vertical, horizontal (gradients), stripes, bars (lying stripes), checks, dots.

    names, colours: one for plain, both ends of a gradient, both tones of a pattern (then one name)
    """

    kind: str
    names: tuple[str, ...]
    colours: tuple[RGB, ...]
    period: int = PERIOD
    phase: tuple[int, int] = (0, 0)

    def paint(self, width: int, height: int) -> np.ndarray:
        """(height, width, 3) in 0 to 255."""
        first, last = (np.array(c, np.float32) for c in (self.colours[0], self.colours[-1]))
        share = _share(self, width, height)[:, :, None]
        return first + (last - first) * share

    def at(self, x: int, y: int, width: int, height: int) -> list[RGB]:
        """The colours something standing at a place has to be told from."""
        if self.kind not in ("vertical", "horizontal"):
            return list(self.colours)
        along = y / (height - 1) if self.kind == "vertical" else x / (width - 1)
        return [palette.mixed(self.colours[0], self.colours[1], min(1, max(0, along + d))) for d in (-0.15, 0, 0.15)]


def _share(ground: Ground, width: int, height: int) -> np.ndarray:
    """How much of the last colour there is at each pixel: (height, width)."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    if ground.kind == "plain":
        return np.zeros_like(x)
    if ground.kind == "vertical":
        return y / (height - 1)
    if ground.kind == "horizontal":
        return x / (width - 1)
    period, half = ground.period, ground.period // 2
    y, x = (y + ground.phase[1]) % period, (x + ground.phase[0]) % period
    if ground.kind == "stripes":
        return (x >= half).astype(np.float32)
    if ground.kind == "bars":
        return (y >= half).astype(np.float32)
    if ground.kind == "checks":
        return ((x >= half) != (y >= half)).astype(np.float32)
    away = np.hypot(x - (period - 1) / 2, y - (period - 1) / 2)  # dots
    return np.clip(period * 0.25 + 0.5 - away, 0, 1)


def plain(name: str) -> Ground:
    return Ground("plain", (name,), (COLOURS[name],))


def gradient(top: str, bottom: str) -> Ground:
    return Ground("vertical", (top, bottom), (COLOURS[top], COLOURS[bottom]))


def pattern(kind: str, name: str) -> Ground:
    return Ground(kind, (name,), _tones(COLOURS[name]))


def nameable(ground: Ground) -> bool:
    """Whether an instruction can ask for exactly this ground."""
    if ground.kind == "plain":
        return ground == plain(ground.names[0])
    if ground.kind == "vertical":
        return ground == gradient(*ground.names)
    return ground.kind in PATTERNS and ground == pattern(ground.kind, ground.names[0])


def some(rng: Random) -> Ground:
    """A ground for a source picture."""
    kind = rng.choices(("plain", "gradient", "pattern"), (0.64, 0.25, 0.11))[0]
    name = rng.choice(NAMES)
    if kind == "plain":
        return Ground("plain", (name,), (palette.some(name, rng),))
    if kind == "gradient":
        names = (name, rng.choice([n for n in NAMES if n != name]))
        direction = rng.choices(("vertical", "horizontal"), (0.75, 0.25))[0]
        return Ground(direction, names, tuple(palette.some(n, rng) for n in names))
    if rng.random() < 0.5:
        return pattern(rng.choice(PATTERNS), name)
    period = rng.choice((12, 16, 20, 24))
    tones = _tones(palette.some(name, rng), rng.uniform(0.12, 0.35))
    kind = rng.choice((*PATTERNS, "bars"))
    return Ground(kind, (name,), tones, period, (rng.randrange(period), rng.randrange(period)))


def some_nameable(rng: Random) -> Ground:
    """A ground that an instruction can ask for."""
    kind = rng.choices(("plain", "gradient", "pattern"), (0.6, 0.25, 0.15))[0]
    first, second = rng.sample(NAMES, 2)
    if kind == "plain":
        return plain(first)
    return gradient(first, second) if kind == "gradient" else pattern(rng.choice(PATTERNS), first)


def _tones(colour: RGB, lighter: float = LIGHTER) -> tuple[RGB, RGB]:
    """The colour and a lighter one; a darker one for what cannot be lighter."""
    other = (0, 0, 0) if sum(colour) > 600 else (255, 255, 255)
    return colour, palette.mixed(colour, other, lighter)


def some_gradient(rng: Random) -> Ground:
    return gradient(*rng.sample(NAMES, 2))
