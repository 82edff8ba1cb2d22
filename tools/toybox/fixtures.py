"""The scenes of the end-to-end tests: one of each kind and some in other sizes, with the pictures they should become.

fixtures.py OUT
"""

import json
import sys
from pathlib import Path

from PIL import Image

import trials
from scene import picture
from sizes import SQUARE, Size

# Which of the trials behind the judge's, which go through the kinds in turn: some that the embedded model does, for they
# are to tell whether the program works. How often the model does not, the judge tells.
CHOSEN = {SQUARE: range(610, 620), Size(160, 96): (613, 614), Size(112, 144): (602, 615)}


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    for size, numbers in CHOSEN.items():
        for trial in (trials.trial(number, size) for number in numbers):
            name = trial.edit.kind.replace(" ", "-") + f"-{size.width}x{size.height}"
            pictures = [f"{name}-{i + 1}.png" for i in range(len(trial.pictures))]
            for file, scene in zip(pictures, trial.pictures, strict=True):
                Image.fromarray(picture(scene)).save(out / file, optimize=True)
            Image.fromarray(picture(trial.edit.after)).save(out / f"{name}-target.png", optimize=True)
            line = {"id": name, "prompt": trial.prompt, "pictures": pictures, "target": f"{name}-target.png"}
            lines.append(line | {"seed": trial.seed})
    (out / "edits.json").write_text(json.dumps(lines, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
