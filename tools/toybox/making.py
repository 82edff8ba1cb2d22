"""Random scenes: one to four things, now and then a word, never overlapping, always told from the ground."""

from random import Random

import grounds
import lettering
import palette
from scene import Scene, Thing, Word
from shapes import REACH, SHAPES

GRID = 8  # pixels between the places where things stand
RADII = (12, 16, 22, 30)  # in pixels; "bigger" is one up
FREE = 0.12  # the usual share of things off that grid
WITH_WORD = 0.4  # of the scenes
MARGIN = 0.8  # of the words begin one token from the left
LENGTHS = (3, 4, 3, 2, 2)  # how often a word of any letters has 1, 2 ... of them: the short ones teach the letters
TOLD_APART = 75  # least distance of a thing's colour from what is behind it
COMMON = """
CAT DOG SUN MOON STAR CAR BUS TREE FISH BIRD HELLO WORLD LOVE HOME OPEN STOP GO YES NO HOT COLD RED BLUE GREEN NEW SALE
ZOO FOX OWL BEE ANT PIG COW HEN RAT BAT KING QUEEN JACK ACE BOOK PEN INK MAP SHOE HAT BOX CUP TEA MILK WATER FIRE WIND
ROCK SAND SEA LAKE ROAD PARK CITY TOWN BANK SHOP CAFE BAR EXIT PUSH PULL START END ONE TWO THREE FOUR FIVE SIX SEVEN
EIGHT NINE TEN JAVA CODE BYTE DATA LION TIGER BEAR WOLF DUCK GOAT ROSE LILY OAK ELM PIE CAKE
""".split()


def scene(rng: Random, width: int, height: int, free: float = FREE) -> Scene:
    """free: the share of the things that stand anywhere and have any radius between."""
    made = Scene(width, height, grounds.some(rng))
    area = width * height / 128**2
    if rng.random() < WITH_WORD and width >= 64:
        word = some_word(rng, made)
        made = made if word is None else Scene(width, height, made.ground, word=word)
    wanted = rng.choices((1, 2, 3, 4), (0.25, 0.3, 0.27, 0.18))[0]
    wanted = max(1, min(wanted, round(wanted * area + 0.3)))
    for _ in range(60):
        if len(made.things) == wanted:
            break
        thing = some_thing(rng, made, free)
        if thing:
            made = made.plus(thing)
    return made if made.things else scene(rng, width, height, free)


def some_thing(rng: Random, scene: Scene, free: float = FREE) -> Thing | None:
    """One that fits into the scene, if the draw is lucky. Half of them resemble one that is there."""
    shape, name = rng.choice(SHAPES), rng.choice(palette.NAMES)
    if scene.things and rng.random() < 0.5:
        other = rng.choice(scene.things)
        shape, name = (other.shape, name) if rng.random() < 0.5 else (shape, other.name)
    if scene.has(shape, name):
        return None
    anywhere = rng.random() < free
    radius = rng.randint(RADII[0], RADII[-1]) if anywhere else rng.choices(RADII, (1, 2, 2, 2))[0]
    edge = int(REACH * radius) + 3
    if 2 * edge >= min(scene.width, scene.height):
        return None
    x, y = rng.randint(edge, scene.width - edge - 1), rng.randint(edge, scene.height - edge - 1)
    if not anywhere:
        x, y = snapped(x), snapped(y)
    thing = Thing(shape, name, palette.some(name, rng), x, y, radius)
    return thing if scene.fits(thing) and told_apart(scene, thing.colour, x, y) else None


def snapped(place: float) -> int:
    return GRID * round(place / GRID)


def told_apart(scene: Scene, colour: palette.RGB, x: int, y: int) -> bool:
    behind = scene.ground.at(x, y, scene.width, scene.height)
    return all(palette.distance(colour, b) >= TOLD_APART for b in behind)


def some_word(rng: Random, scene: Scene) -> Word | None:
    most = min(lettering.MOST, scene.width // lettering.CELL - 1)
    text = some_text(rng, most)
    columns = (scene.width - lettering.CELL * len(text)) // lettering.GRID
    rows = (scene.height - lettering.ROWS) // lettering.GRID
    name = rng.choice(palette.NAMES)
    column = 1 if columns and rng.random() < MARGIN else rng.randint(0, columns)
    x, y = column * lettering.GRID, rng.randint(0, rows) * lettering.GRID
    word = Word(text, name, palette.some(name, rng), x, y, rng.choice(tuple(lettering.FONTS)))
    ends = ((x, y), (x + word.width, y + lettering.ROWS))
    return word if all(told_apart(scene, word.colour, *end) for end in ends) else None


def some_text(rng: Random, most: int) -> str:
    """A common word or, more often, any letters: the model shall spell, not remember."""
    common = [w for w in COMMON if len(w) <= most]
    if common and rng.random() < 0.4:
        return rng.choice(common)
    length = rng.choices(range(1, most + 1), LENGTHS[:most])[0]
    return "".join(rng.choice(lettering.LETTERS) for _ in range(length))
