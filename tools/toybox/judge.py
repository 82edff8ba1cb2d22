"""Judges a model through the product: one process, one edit for each scene, by pixels.

    judge.py WORK [--model FOLDER] [--count 500] [--diffusers 60] [--markdown FILE]

Scenes, pictures and results stay in WORK. `--diffusers N`: the first N edits of one picture are made by diffusers, too,
and compared picture by picture.
"""

import quiet  # noqa: F401, I001  (tools/reference, before diffusers)

import argparse
import math
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import diffusers_results
import editor
import judging
import trials
import wordings_strangers
from diffusers_results import compared
from judging import Verdict
from scene import picture
from sizes import SQUARE, Size
from train_vae import tensor
from trials import KINDS, Trial

GOAL_KINDS = ("recolour", "background", "remove", "add", "swap", "resize")


@dataclass(frozen=True)
class Row:
    """One line of the table: what was judged, and the verdicts."""

    name: str
    verdicts: list[Verdict]

    def followed(self) -> float:
        return np.mean([v.followed for v in self.verdicts])

    def strictly(self) -> float:
        return np.mean([v.strictly for v in self.verdicts])

    def rest(self) -> float:
        finite = [min(v.rest, 60) for v in self.verdicts if math.isfinite(v.rest)]
        return np.median(finite) if finite else float("nan")

    def markdown(self) -> str:
        rest = "-" if math.isnan(self.rest()) else f"{self.rest():.1f}"
        return f"| {self.name} | {len(self.verdicts)} | {self.followed():.1%} | {self.strictly():.1%} | {rest} |"


class Judge:
    def __init__(self, work: Path, model: str, dtype: str):
        self.work, self.model, self.dtype = work, model, dtype

    def through_the_product(self, given: list[Trial], name: str, *options: str) -> list[np.ndarray]:
        folder = self.work / name
        manifest = trials.write(given, folder / "given")
        command = [Path(__file__).parent / "edit-list", self.model, manifest, folder / "made", "--dtype", self.dtype]
        subprocess.run([str(c) for c in (*command, *options)], check=True)
        return [_read(folder / "made" / f"{t.name}.png") for t in given]

    def verdicts(self, given: list[Trial], name: str, *options: str) -> list[Verdict]:
        results = self.through_the_product(given, name, *options)
        return [judging.judge(t.edit, r) for t, r in zip(given, results, strict=True)]


def _read(file: Path) -> np.ndarray:
    return np.asarray(Image.open(file).convert("RGB"))


def by_kind(given: list[Trial], verdicts: list[Verdict]) -> list[Row]:
    def of(name: str, wanted: Callable[[str], bool]) -> Row:
        return Row(name, [v for t, v in zip(given, verdicts, strict=True) if wanted(t.edit.kind)])

    rows = [of(kind, lambda k, kind=kind: k == kind) for kind in KINDS]
    six = of("**the six kinds of the goal**", lambda k: k in GOAL_KINDS)
    return [*rows, six, of("**all kinds**", lambda k: True)]


def controls(judge: Judge, given: list[Trial], vae) -> list[Row]:
    few = given[: max(len(KINDS), len(given) // 5)]
    unseen = trials.trials(len(few) * 2, SQUARE, wordings_strangers)
    unedited = [judging.judge(t.edit, picture(t.edit.before)) for t in given]
    targets = [picture(t.edit.after) for t in given]
    ceiling = [judging.judge(t.edit, r) for t, r in zip(given, round_trips(vae, targets), strict=True)]
    return [
        Row("other wordings, never trained", judge.verdicts(unseen, "wordings")),
        Row("things off the grid, of any size", judge.verdicts(trials.trials(len(few), SQUARE, free=1), "free")),
        Row("wide: 160x96", judge.verdicts(trials.trials(len(few), Size(160, 96)), "wide")),
        Row("tall: 112x144", judge.verdicts(trials.trials(len(few), Size(112, 144)), "tall")),
        Row("8 steps instead of 28", judge.verdicts(few, "steps", "--steps", "8")),
        Row("control: another edit's prompt", judge.verdicts(trials.with_shuffled_prompts(few), "prompts")),
        Row("control: another edit's picture", judge.verdicts(trials.with_wrong_pictures(few), "pictures")),
        Row("control: the source, unedited", unedited),
        Row("ceiling: the target through the VAE", ceiling),
    ]


def round_trips(vae, pictures: list[np.ndarray]) -> list[np.ndarray]:
    tokens = [editor.encode(vae, tensor(pictures[i : i + 32])) for i in range(0, len(pictures), 32)]
    return [r for part in tokens for r in editor.decode(vae, part, SQUARE.grid).cpu().numpy()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    default = Path(__file__).parents[2] / "toybox/src/main/resources/dev/kontext4j/toybox/model"
    parser.add_argument("--model", type=Path, default=default)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--diffusers", type=int, default=0)
    parser.add_argument("--dtype", default="float32")
    parser.add_argument("--brief", action="store_true", help="without the controls")
    parser.add_argument("--markdown", type=Path)
    args = parser.parse_args()

    judge = Judge(args.work.resolve(), str(args.model.resolve()), args.dtype)
    vae = editor.load_vae(args.model)
    given = trials.trials(args.count, SQUARE)
    verdicts = judge.verdicts(given, "main")
    rows = by_kind(given, verdicts)
    if not args.brief:
        rows += controls(judge, given, vae)
    pictures = [picture(t.pictures[0]) for t in given]
    psnrs = [judging.psnr(a, b) for a, b in zip(pictures, round_trips(vae, pictures), strict=True)]
    lines = ["| | edits | followed | strictly | rest, dB |", "|---|---|---|---|---|", *(r.markdown() for r in rows), ""]
    lines.append(
        f"VAE round trip of {len(psnrs)} sources: {np.mean(psnrs):.2f} dB on average, {min(psnrs):.2f} at worst."
    )
    if args.diffusers:
        chosen = [t for t in given if len(t.pictures) == 1][: args.diffusers]
        ours = Judge(judge.work, judge.model, "float32").through_the_product(chosen, "beside")
        lines.append(compared(chosen, ours, diffusers_results.made(judge.model, chosen)))
    for trial, verdict in zip(given, verdicts, strict=True):
        if not verdict.strictly:
            print(f"{trial.name} {trial.edit.kind}: {trial.prompt!r}: {verdict.why or f'rest {verdict.rest:.1f} dB'}")
    print("\n".join(lines))
    if args.markdown:
        args.markdown.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
