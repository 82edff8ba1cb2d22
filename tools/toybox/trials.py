"""The judge's scenes: edits that no training has seen, their pictures and sentences, as a list for `edit-list`."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from PIL import Image

import families
import instructions
import making
import wordings
from edits import Edit
from scene import Scene, picture
from sizes import Size

KINDS = (*families.WEIGHTS, "two pictures")
FIRST = 4_000_037  # trainers draw from seeds far below


@dataclass(frozen=True)
class Trial:
    """One edit to be judged. pictures: what the model is shown."""

    name: str
    edit: Edit
    prompt: str
    pictures: list[Scene]
    seed: int


def trials(count: int, size: Size, words=wordings, free: float = making.FREE) -> list[Trial]:
    """As many of each kind. The same arguments give the same trials.

    words: the module that holds the wordings; free: see making.scene
    """
    return [trial(number, size, words, free) for number in range(count)]


def trial(number: int, size: Size, words=wordings, free: float = making.FREE) -> Trial:
    kind, seed = KINDS[number % len(KINDS)], FIRST + number
    rng = Random(f"{seed} {size.width}x{size.height}")
    while True:
        pairs = families.family(rng, size.width, size.height, {kind: 1.0}, free).pairs
        fitting = [p.edit for p in pairs if p.edit.kind == kind and not _is_one_letter(p.edit)]
        if fitting:
            edit = rng.choice(fitting)
            pictures = [edit.before] + ([edit.reference] if edit.reference else [])
            return Trial(f"{number:04d}", edit, instructions.say(edit, rng, words), pictures, seed)


def _is_one_letter(edit: Edit) -> bool:
    """Those are for learning to spell; the judge asks for words."""
    return edit.kind == "word" and len(edit.facts["new"]) == 1


def with_shuffled_prompts(given: list[Trial]) -> list[Trial]:
    """Every trial with the prompt of another, of another kind."""
    return [replace(t, prompt=given[(i + 13) % len(given)].prompt) for i, t in enumerate(given)]


def with_wrong_pictures(given: list[Trial]) -> list[Trial]:
    """Every trial with the first picture of another."""
    return [
        replace(t, pictures=[given[(i + 13) % len(given)].pictures[0], *t.pictures[1:]]) for i, t in enumerate(given)
    ]


def write(given: list[Trial], out: Path) -> Path:
    """Writes the pictures and returns the list."""
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    for trial in given:
        names = [f"{trial.name}-{i + 1}.png" for i in range(len(trial.pictures))]
        for name, scene in zip(names, trial.pictures, strict=True):
            Image.fromarray(picture(scene)).save(out / name)
        width, height = trial.edit.before.width, trial.edit.before.height
        lines.append(
            {
                "id": trial.name,
                "prompt": trial.prompt,
                "pictures": names,
                "seed": trial.seed,
                "width": width,
                "height": height,
            }
        )
    manifest = out / "edits.jsonl"
    manifest.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return manifest
