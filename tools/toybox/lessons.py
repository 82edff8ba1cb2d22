"""What the steps of the training are about: a size of picture, and the edits that are made of it."""

from dataclasses import dataclass
from random import Random

import families
import networks
from sizes import NATIVE, SQUARE, Size

SMALL = (Size(64, 64),) * 3 + (Size(80, 64), Size(64, 80))
MIDDLE = (Size(96, 96),) * 3 + (Size(112, 80), Size(80, 112))
SQUARES = 0.75  # of the large ones are square: a grid learned well serves the others, too
SMALL_UNTIL = 6000  # steps
TWO = 0.04  # of the steps are about two pictures
SPELLING = 0.15  # are about words alone, in small pictures: of all kinds it takes the most examples
GRADIENTS = 0.08  # are about gradients alone: which colour is on top is learned late, and seldom asked for
APART = 0.15  # are about one of some things, most called by its shape alone: a square is a circle for long
SPELT = (Size(64, 64), Size(96, 64), Size(128, 64))

WEIGHTS = {
    "one picture": families.WEIGHTS,
    "two pictures": families.WEIGHTS_OF_TWO,
    "spelling": {"word": 1.0},
    "gradients": {"gradient": 1.0},
    "things apart": {"recolour": 1.0, "remove": 0.3, "resize": 0.2},
}


@dataclass(frozen=True)
class Lesson:
    """subject: one of WEIGHTS."""

    size: Size
    subject: str = "one picture"

    @property
    def weights(self) -> dict[str, float]:
        return WEIGHTS[self.subject]

    @property
    def tokens(self) -> int:
        """Of an example: text, picture and references."""
        pictures = 3 if self.subject == "two pictures" else 2
        return networks.TOKENS + self.size.grid[0] * self.size.grid[1] * pictures


def lesson_of(step: int) -> Lesson:
    """Small pictures first: they teach the words and the colours at a third of the price."""
    rng = Random(step)
    if rng.random() < SPELLING:
        return Lesson(rng.choice(SPELT), "spelling")
    if rng.random() < GRADIENTS:
        return Lesson(rng.choice((*SMALL, SQUARE, SQUARE)), "gradients")
    if rng.random() < APART:
        return Lesson(SQUARE, "things apart")
    small = 0.01 + 0.3 * max(0, 1 - step / SMALL_UNTIL)
    kind = rng.choices((SMALL, MIDDLE, NATIVE), (small, small * 0.7, 1 - small * 1.7))[0]
    size = SQUARE if kind is NATIVE and rng.random() < SQUARES else rng.choice(kind)
    return Lesson(size, "two pictures" if rng.random() < TWO else "one picture")
