"""24 random unseen edits, source, edited and target, from what judge.py left in WORK.

strip.py WORK OUT.png
"""

import argparse
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

import judging
import sheets
import trials
from scene import picture
from sizes import SQUARE

COUNT, COLUMNS = 24, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    made = sorted((args.work / "main" / "made").glob("*.png"))
    given = {t.name: t for t in trials.trials(len(made), SQUARE)}
    rows = []
    for file in sorted(Random(24).sample(made, COUNT)):
        trial, result = given[file.stem], np.asarray(Image.open(file).convert("RGB"))
        verdict = judging.judge(trial.edit, result)
        mark = "" if verdict.strictly else f"NOT ({verdict.why or f'rest {verdict.rest:.0f} dB'}): "
        shown = [*map(picture, trial.pictures), result, picture(trial.edit.after)]
        rows.append(sheets.row(shown, mark + trial.prompt))
    sheets.save(sheets.sheet(rows, COLUMNS), args.out)


if __name__ == "__main__":
    main()
