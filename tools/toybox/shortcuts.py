"""What each shortcut of --fast costs: the embedded model's edits beside the exact ones, and judged.

    shortcuts.py WORK [--count 40] [--steps 28] [SHORTCUT...]

Every row is one run of the product over the same edits: the share of the steps that were computed, and of those without
the references; the processor time beside that of the exact run; the pictures beside the exact ones.
"""

import argparse
import re
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import judging
import trials
from sizes import SQUARE
from trials import Trial

SHORTCUTS = (
    "first-block=0.05", "first-block=0.08", "first-block=0.12", "first-block=0.2",
    "teacache=0.1", "teacache=0.22", "teacache=0.4",
    "references=2", "references=3",
    "first-block=0.08,references=2", "teacache=0.22,references=2",
)  # fmt: skip
LINE = re.compile(r"edits, .* s each; of (\d+) steps (\d+) taken, (\d+) without references")


@dataclass(frozen=True)
class Made:
    pictures: list[np.ndarray]
    seconds: float
    steps: int
    taken: int
    without_references: int


def made(work: Path, given: list[Trial], steps: str, fast: str) -> Made:
    manifest = trials.write(given, work / "given")
    command = [Path(__file__).parent / "edit-list", "toybox", manifest, work / "made", "--steps", steps, "--fast", fast]
    before = _processor_seconds()
    said = subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds = _processor_seconds() - before
    counts = LINE.search(said).groups()
    pictures = [np.asarray(Image.open(work / "made" / f"{t.name}.png").convert("RGB")) for t in given]
    return Made(pictures, seconds, *map(int, counts))


def _processor_seconds() -> float:
    """Of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def line(fast: str, run: Made, exact: Made, given: list[Trial]) -> str:
    verdicts = [judging.judge(t.edit, r) for t, r in zip(given, run.pictures, strict=True)]
    followed = np.mean([v.followed for v in verdicts])
    apart = [min(judging.psnr(a, b), 99) for a, b in zip(exact.pictures, run.pictures, strict=True)]
    distance = "- | - | -" if run is exact else f"{np.median(apart):.1f} | {np.quantile(apart, 0.1):.1f} | {min(apart):.1f}"
    return (
        f"| {fast} | {1 - run.taken / run.steps:.0%} | {run.without_references / run.steps:.0%} "
        f"| {run.seconds / exact.seconds:.2f} | {distance} | {followed:.0%} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("shortcuts", nargs="*", default=SHORTCUTS)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--steps", default="28")
    args = parser.parse_args()
    given = trials.trials(args.count, SQUARE)
    exact = made(args.work.resolve(), given, args.steps, "none")
    print("| | computed | without references | time | median, dB | one in ten, dB | least, dB | followed |")
    print("|---|---|---|---|---|---|---|---|")
    print(line("exact", exact, exact, given), flush=True)
    for fast in args.shortcuts:
        print(line(fast, made(args.work.resolve(), given, args.steps, fast), exact, given), flush=True)


if __name__ == "__main__":
    main()
