"""Training pairs in families: one scene, what several edits make of it, and every edit between them that has a name."""

from dataclasses import dataclass
from random import Random

import edits
import making
from edits import Edit
from scene import Scene

# How often a kind is tried: what is hard to learn, more often.
WEIGHTS = {
    "recolour": 2.0, "background": 0.8, "remove": 0.7, "add": 1.6, "swap": 1.5, "resize": 2.0, "move": 4.0, "word": 9.0,
    "style": 1.3,
}  # fmt: skip
ABOUT_A_THING = ("recolour", "remove", "swap", "resize", "move")
WEIGHTS_OF_TWO = {"two pictures": 1.0}
MEMBERS = 6
TRIES = 15


@dataclass(frozen=True)
class Pair:
    """An edit with the numbers of its pictures in the family. second: of the second reference, or none."""

    edit: Edit
    before: int
    after: int
    second: int | None = None


@dataclass(frozen=True)
class Family:
    scenes: list[Scene]
    pairs: list[Pair]


def family(rng: Random, width: int, height: int, weights: dict[str, float], free: float = making.FREE) -> Family:
    """weights: of the kinds of edits to make; free: see making.scene"""
    scenes, pairs = [making.scene(rng, width, height, free)], []
    for _ in range(MEMBERS):
        start = rng.randrange(len(scenes)) if rng.random() < 0.3 else 0
        edit = None if scenes[start].style else draw(rng, scenes[start], weights)
        if not edit or edit.after in scenes:
            continue
        scenes.append(edit.after)
        after, second = len(scenes) - 1, None
        if edit.reference:
            scenes.append(edit.reference)
            second = len(scenes) - 1
        pairs.append(Pair(edit, start, after, second))
        undo = edits.back(edit)
        if undo:
            pairs.append(Pair(undo, after, start))
    return Family(scenes, pairs)


def draw(rng: Random, scene: Scene, weights: dict[str, float]) -> Edit | None:
    """An edit of the scene. A kind that is hard to find room for is tried more often, not made less often."""
    kinds = [k for k in weights if (scene.word or k != "word") and (scene.things or k not in ABOUT_A_THING)]
    kind = rng.choices(kinds, [weights[k] for k in kinds])[0] if kinds else None
    for _ in range(TRIES if kind else 0):
        edit = edits.KINDS[kind](rng, scene)
        if edit:
            return edit
    return None
