"""Endless training pairs as latent tokens: drawn, encoded, used a few times each, forgotten."""

from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor

import editor
import families
from edits import Edit
from lessons import Lesson
from scene import picture
from train_vae import tensor

USES = 2  # of a pair, each time with other words and other noise
FAMILIES = 16  # drawn at a time
BARREN = 50  # draws without a pair, after which there will be none
LEAST = 600  # pairs in store, so that neighbours in a batch are strangers


@dataclass(frozen=True)
class Example:
    edit: Edit
    references: list[Tensor]  # each (tokens, 64), half precision
    target: Tensor
    shown: np.ndarray  # the target as a picture


class Supply:
    def __init__(self, vae, rng: Random):
        self.vae, self.rng = vae, rng
        self.stores: dict[Lesson, list[Example]] = {}
        self.barren = 0

    def take(self, lesson: Lesson, count: int) -> list[Example]:
        store = self.stores.setdefault(lesson, [])
        while len(store) < max(count, LEAST):
            drawn = self._drawn(lesson)
            self.barren = 0 if drawn else self.barren + 1
            if self.barren > BARREN:
                raise ValueError(f"no scene has room for {lesson}")
            store += drawn * USES
            self.rng.shuffle(store)
        taken, self.stores[lesson] = store[:count], store[count:]
        return taken

    def _drawn(self, lesson: Lesson) -> list[Example]:
        size = lesson.size
        found = [families.family(self.rng, size.width, size.height, lesson.weights) for _ in range(FAMILIES)]
        found = [family for family in found if family.pairs]
        if not found:
            return []
        drawn = [picture(s) for f in found for s in f.scenes]
        tokens = torch.cat([editor.encode(self.vae, part) for part in tensor(drawn).split(32)]).half()
        examples, base = [], 0
        for family in found:
            for pair in family.pairs:
                numbers = [pair.before] if pair.second is None else [pair.before, pair.second]
                references = [tokens[base + n].clone() for n in numbers]
                after = base + pair.after
                examples.append(Example(pair.edit, references, tokens[after].clone(), drawn[after]))
            base += len(family.scenes)
        return examples
