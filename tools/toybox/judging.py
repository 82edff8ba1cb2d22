"""Whether an edit was followed and whether the rest of the picture stayed as it was, by pixels.

Knows the scenes before and after, and nothing of models, losses or latents.
"""

from dataclasses import dataclass, replace

import numpy as np

import lettering
import shapes
from edits import Edit
from scene import Scene, Thing, Word, picture

NEAR = 45  # a colour this near, of 441, is the one that was asked for
KEPT = 28.0  # dB outside the edited region that count as unchanged
AGAIN = 0.95  # of the pixels a thing has left show the ground again
SAME = {"recolour": 0.8}  # least intersection over union of a thing's outline; others:
SHAPED = 0.75


@dataclass(frozen=True)
class Verdict:
    followed: bool
    rest: float  # PSNR outside the edited region in dB, infinite where nothing is outside
    why: str  # what was missing

    @property
    def strictly(self) -> bool:
        return self.followed and self.rest >= KEPT


def judge(edit: Edit, result: np.ndarray) -> Verdict:
    """result: (height, width, 3), 8 bits."""
    source, target = picture(edit.before), picture(edit.after)
    out = result.astype(np.float32)
    missing = _RULES[edit.kind](edit, out)
    same = ~widened(np.abs(target.astype(int) - source).max(2) > 12, 2)
    rest = psnr(out[same], target[same]) if same.sum() > 20 else float("inf")
    return Verdict(not missing, rest, missing)


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    error = float(((a.astype(np.float32) - b.astype(np.float32)) ** 2).mean())
    return 10 * np.log10(255**2 / error) if error else float("inf")


def widened(mask: np.ndarray, by: int) -> np.ndarray:
    padded = np.pad(mask, by)
    height, width = mask.shape
    return np.any([padded[y : y + height, x : x + width] for y in range(2 * by + 1) for x in range(2 * by + 1)], 0)


def _thing_there(edit: Edit, out: np.ndarray) -> str:
    made = edit.made
    inside = _mask(edit.after, made, 0.99)
    away = np.median(np.linalg.norm(out[inside] - made.colour, axis=1))
    if away >= NEAR:
        return f"the colour is off by {away:.0f}"
    here = _around(edit, made)
    seen = _seen(edit, out, made) & here
    overlap = _overlap(seen, _mask(edit.after, made) & here)
    least = SAME.get(edit.kind, SHAPED)
    if overlap < least:
        return f"the outline overlaps by {overlap:.2f}"
    rivals = {s: _overlap(seen, _mask(edit.after, replace(made, shape=s)) & here) for s in shapes.SHAPES}
    best = max(rivals, key=rivals.get)
    return "" if best == made.shape else f"looks like a {best}"


def _mask(scene: Scene, thing: Thing, least: float = 0.5) -> np.ndarray:
    """The pixels of the scene that the thing covers: (height, width)."""
    k = shapes.reach(thing.radius)
    whole = np.zeros((scene.height + 2 * k, scene.width + 2 * k), bool)
    whole[thing.y : thing.y + 2 * k + 1, thing.x : thing.x + 2 * k + 1] = (
        shapes.mask(thing.shape, thing.radius) >= least
    )
    return whole[k:-k, k:-k]


def _around(edit: Edit, thing: Thing) -> np.ndarray:
    """Where the thing could be taken for bigger than it is, without what else is there."""
    scene = edit.after
    y, x = np.mgrid[0 : scene.height, 0 : scene.width]
    radius = max(thing.radius, edit.thing.radius if edit.thing and edit.kind == "resize" else 0)
    near = np.maximum(abs(x - thing.x), abs(y - thing.y)) <= 1.4 * radius + 2
    for other in scene.things:
        if other != thing:
            near &= ~widened(_mask(scene, other, 0.01), 2)
    if scene.word:
        near &= ~_box(scene, scene.word)
    return near


def _box(scene: Scene, word: Word) -> np.ndarray:
    box = np.zeros((scene.height, scene.width), bool)
    box[word.y : word.y + lettering.ROWS, word.x : word.x + word.width] = True
    return box


def _seen(edit: Edit, out: np.ndarray, thing: Thing) -> np.ndarray:
    """Pixels that are nearer to the thing's colour than to the ground."""
    ground = edit.after.ground.paint(edit.after.width, edit.after.height)
    return np.linalg.norm(out - thing.colour, axis=2) < np.linalg.norm(out - ground, axis=2)


def _overlap(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / max(1, (a | b).sum()))


def _ground_again(edit: Edit, out: np.ndarray) -> str:
    """Where the thing was, and nothing else is now."""
    left = _mask(edit.before, edit.thing)
    for other in edit.after.things:
        left &= ~widened(_mask(edit.after, other, 0.01), 1)
    if not left.any():
        return ""
    ground = edit.after.ground.paint(edit.after.width, edit.after.height)
    share = (np.linalg.norm(out - ground, axis=2)[left] < NEAR).mean()
    return "" if share >= AGAIN else f"{share:.0%} of the place is ground again"


def _background(edit: Edit, out: np.ndarray) -> str:
    scene = edit.after
    target = picture(scene).astype(np.float32)
    free = np.ones((scene.height, scene.width), bool)
    for thing in scene.things:
        inside = _mask(scene, thing, 0.99)
        if np.median(np.linalg.norm(out[inside] - thing.colour, axis=1)) >= NEAR:
            return f"the {thing.name} {thing.shape} changed its colour"
        free &= ~_mask(scene, thing, 0.01)
    if scene.word:
        free &= ~_box(scene, scene.word)
    share = (np.linalg.norm(out - target, axis=2)[free] < NEAR).mean()
    return "" if share >= 0.9 else f"{share:.0%} of the ground is right"


def _word(edit: Edit, out: np.ndarray) -> str:
    word, scene = edit.after.word, edit.after
    ground = scene.ground.paint(scene.width, scene.height)
    colour = np.array(word.colour, np.float32)
    read = ""
    for i in range(len(word.text)):
        left = word.x + i * lettering.CELL
        cell = (slice(word.y, word.y + lettering.ROWS), slice(left, left + lettering.CELL))
        way = colour - ground[cell]
        ink = ((out[cell] - ground[cell]) * way).sum(2) / (way**2).sum(2)  # 0 ground, 1 letter
        read += min(lettering.LETTERS, key=lambda c: float(((ink - lettering.mask(c, word.font)) ** 2).sum()))  # noqa: B023
    if read != word.text:
        return f"reads {read}"
    free = _box(edit.before, edit.before.word) & ~_box(scene, word)
    share = (np.linalg.norm(out - ground, axis=2)[free] < NEAR).mean() if free.any() else 1
    return "" if share >= AGAIN else "letters are left over"


def _style(edit: Edit, out: np.ndarray) -> str:
    target = picture(edit.after).astype(np.float32)
    share = (np.linalg.norm(out - target, axis=2) < NEAR).mean()
    if share < 0.9:
        return f"{share:.0%} of the pixels are right"
    source = picture(edit.before).astype(np.float32)
    if ((out - target) ** 2).mean() > max(20, ((source - target) ** 2).mean() / 3):
        return "nearer to the source than to the style"
    if edit.after.style == "line drawing":
        overlap = _overlap(out.mean(2) < 136, target.mean(2) < 136)
        return "" if overlap >= 0.5 else f"the lines overlap by {overlap:.2f}"
    return ""


_RULES = {
    "recolour": _thing_there,
    "background": _background,
    "remove": _ground_again,
    "add": _thing_there,
    "swap": _thing_there,
    "resize": _thing_there,
    "move": lambda edit, out: _thing_there(edit, out) or _ground_again(edit, out),
    "word": _word,
    "style": _style,
    "two pictures": _thing_there,
}
