"""The twelve colour words, what they look like, and what passes for them in a source picture."""

from random import Random

RGB = tuple[int, int, int]

# What an edit paints when it is told the word.
COLOURS: dict[str, RGB] = {
    "red": (222, 45, 38),
    "orange": (245, 140, 30),
    "yellow": (250, 215, 50),
    "green": (45, 160, 75),
    "cyan": (60, 200, 220),
    "blue": (45, 85, 215),
    "purple": (135, 60, 180),
    "pink": (245, 150, 195),
    "brown": (125, 80, 45),
    "white": (248, 248, 248),
    "gray": (130, 130, 130),
    "black": (24, 24, 24),
}

# The names as CSS (and so every drawing library) understands them: sources are drawn with these, too.
CSS: dict[str, RGB] = {
    "red": (255, 0, 0),
    "orange": (255, 165, 0),
    "yellow": (255, 255, 0),
    "green": (0, 128, 0),
    "cyan": (0, 255, 255),
    "blue": (0, 0, 255),
    "purple": (128, 0, 128),
    "pink": (255, 192, 203),
    "brown": (139, 69, 19),
    "white": (255, 255, 255),
    "gray": (128, 128, 128),
    "black": (0, 0, 0),
}
NAMES = tuple(COLOURS)


def distance(a: RGB, b: RGB) -> float:
    """Euclidean, of 0 to 441."""
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def mixed(a: RGB, b: RGB, share: float) -> RGB:
    """`share` of b in a."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))


def some(name: str, rng: Random) -> RGB:
    """A colour that people call by this name: ours exactly in eight cases of ten."""
    choice = rng.random()
    if choice < 0.8:
        return COLOURS[name]
    if choice < 0.87:
        return CSS[name]
    base = mixed(COLOURS[name], CSS[name], rng.random())
    spread = 8 if name in ("white", "gray", "black") else 18
    rgb = tuple(min(255, max(0, round(v + rng.uniform(-spread, spread)))) for v in base)
    nearest = min(NAMES, key=lambda n: min(distance(rgb, COLOURS[n]), distance(rgb, CSS[n])))
    return rgb if nearest == name else COLOURS[name]
